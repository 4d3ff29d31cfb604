/** A text from the server in both languages. */
interface Said {
  fa: string
  en: string
}

interface Base {
  name: string
  label: Said
  hint?: Said
  /** Whether the parent's value is refused without this field. */
  isRequired: boolean
  /** The value that applies while nothing is set. */
  byDefault?: unknown
}

interface Text extends Base {
  kind: 'text'
  max?: number
  isUrl: boolean
  /** Whether it is text for programs, such as a code or an address: these go from left to right. */
  isCode: boolean
}
interface Choice extends Base {
  kind: 'choice'
  values: { value: string; label: Said }[]
}
interface Switch extends Base {
  kind: 'switch'
}
interface Numeric extends Base {
  kind: 'number'
  min?: number
  max?: number
}
/** Several texts, as the options of a poll are. */
interface List extends Base {
  kind: 'list'
  min: number
  max?: number
  item: { max?: number }
}
/** Fields that are there together or not at all, as those of a poll are. */
interface Group extends Base {
  kind: 'group'
  fields: SchemaField[]
}

/** One field of a form, as a JSON Schema asks for it. */
export type SchemaField = Text | Choice | Switch | Numeric | List | Group
export type FieldOf<Kind extends SchemaField['kind']> = Extract<SchemaField, { kind: Kind }>

type Schema = Readonly<Record<string, unknown>>

const asSchema = (value: unknown): Schema =>
  typeof value === 'object' && value !== null ? (value as Schema) : {}

/**
 * The fields of an object's JSON Schema. Properties that no form can show are left out, and their values left alone.
 */
export function schemaFields(schema: Schema): SchemaField[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(asSchema(schema.properties)).flatMap(([name, property]) => {
    const field = fieldOf(asSchema(property), { name, isRequired: required.includes(name) })
    return field ?? []
  })
}

function fieldOf(
  schema: Schema,
  { name, isRequired }: Pick<Base, 'name' | 'isRequired'>,
): SchemaField | undefined {
  const base: Base = {
    name,
    isRequired,
    label: said(schema.label) ?? { fa: name, en: name },
    ...present({ hint: said(schema.hint), byDefault: schema.default }),
  }
  switch (schema.type) {
    case 'string':
      return Array.isArray(schema.enum) ? choice(base, schema) : text(base, schema)
    case 'boolean':
      return { ...base, kind: 'switch' }
    case 'integer':
    case 'number':
      return { ...base, kind: 'number', ...limits(schema.minimum, schema.maximum) }
    case 'array':
      return list(base, schema)
    case 'object':
      return group(base, schema)
    default:
      return undefined
  }
}

const text = (base: Base, { maxLength, format, pattern }: Schema): Text => ({
  ...base,
  kind: 'text',
  ...limits(undefined, maxLength),
  isUrl: format === 'uri',
  isCode: format !== undefined || pattern !== undefined,
})

function choice(base: Base, schema: Schema): Choice {
  const labels = asSchema(schema.valueLabels)
  const values = (schema.enum as unknown[]).filter((value) => typeof value === 'string')
  return {
    ...base,
    kind: 'choice',
    values: values.map((value) => ({
      value,
      label: said(labels[value]) ?? { fa: value, en: value },
    })),
  }
}

function list(base: Base, { items, minItems, maxItems }: Schema): List | undefined {
  const item = asSchema(items)
  if (item.type !== 'string' || item.enum) return undefined
  const { min = 0, ...max } = limits(minItems, maxItems)
  return { ...base, kind: 'list', min, ...max, item: limits(undefined, item.maxLength) }
}

/** Undefined where a required field cannot be shown in a form. */
function group(base: Base, schema: Schema): Group | undefined {
  const fields = schemaFields(schema)
  const required = Array.isArray(schema.required) ? schema.required : []
  const isWhole = required.every((name) => fields.some((field) => field.name === name))
  return isWhole && fields.length > 0 ? { ...base, kind: 'group', fields } : undefined
}

function said(value: unknown): Said | undefined {
  const { fa, en } = asSchema(value)
  return typeof fa === 'string' && typeof en === 'string' ? { fa, en } : undefined
}

/** Limits that matter to people: schemas of integers also have the largest safe integer as a limit. */
const limits = (min: unknown, max: unknown): { min?: number; max?: number } =>
  present({ min: isLimit(min) ? min : undefined, max: isLimit(max) ? max : undefined })

const isLimit = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER

/** Without what is `undefined`. */
const present = <T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
