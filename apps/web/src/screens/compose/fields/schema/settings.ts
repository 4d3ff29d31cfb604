import type { SchemaField } from './schema-fields.ts'

/** The values that were set, by field name; also those that no form can show. */
export type Settings = Readonly<Record<string, unknown>>

export const asSettings = (value: unknown): Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Settings) : {}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Whether a field has this value without being written. */
function isDefault({ isRequired, byDefault }: SchemaField, value: unknown): boolean {
  if (value === undefined) return true
  if (byDefault !== undefined) return isSame(value, byDefault)
  return !isRequired && (value === '' || value === false || isSame(value, []))
}

/** Settings with another value for one field; a default is not written. */
export function withSetting(settings: Settings, field: SchemaField, value: unknown): Settings {
  const { [field.name]: _, ...others } = settings
  return isDefault(field, value) ? others : { ...settings, [field.name]: value }
}

/** A new group: its required fields, still empty. */
export const newGroup = (fields: readonly SchemaField[]): Settings =>
  Object.fromEntries(
    fields.flatMap((field) => (field.isRequired ? [[field.name, emptyValue(field)]] : [])),
  )

function emptyValue(field: SchemaField): unknown {
  switch (field.kind) {
    case 'text':
      return ''
    case 'choice':
      return field.values[0]?.value
    case 'switch':
      return false
    case 'number':
      return field.min ?? 0
    case 'list':
      return Array.from({ length: Math.max(1, field.min) }, () => '')
    case 'group':
      return newGroup(field.fields)
  }
}
