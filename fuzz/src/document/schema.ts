/** The part of JSON Schema 2020-12 that our API document uses. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
}

export type Schemas = Readonly<Record<string, JsonSchema>>

/** The schema itself, where `schema` is only a `$ref`. */
export function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  if (schema.$ref) return resolve(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas)
  const [only] = schema.allOf ?? []
  if (only && schema.allOf?.length === 1) return { ...resolve(only, schemas) }
  return schema
}

/** The type without `null`; `isNullable` tells whether null is allowed. */
export function typeOf({ type, enum: values, const: value }: JsonSchema): string | undefined {
  const types = typeof type === 'string' ? [type] : (type ?? [])
  const named = types.find((one) => one !== 'null') ?? types[0]
  return named ?? (values || value !== undefined ? 'string' : undefined)
}

export const isNullable = ({ type }: JsonSchema) => Array.isArray(type) && type.includes('null')
