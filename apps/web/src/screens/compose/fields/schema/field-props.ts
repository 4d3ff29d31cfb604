import type { FieldOf, SchemaField } from './schema-fields.ts'

/** What every field of a form is given. */
export interface FieldProps<Kind extends SchemaField['kind']> {
  field: FieldOf<Kind>
  /** The id of the element that takes the focus; findings that name this field lead there. */
  place: string
  /** The current value, or the default; a value of another kind than the field's was set by a program. */
  value: unknown
  /** `undefined` returns to the default. */
  onChange: (value: unknown) => void
}
