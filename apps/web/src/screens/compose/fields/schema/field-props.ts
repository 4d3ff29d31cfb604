import type { FieldOf, SchemaField } from './schema-fields.ts'

/** What every field of a form is given. */
export interface FieldProps<Kind extends SchemaField['kind']> {
  field: FieldOf<Kind>
  /** Where a finding that names this field leads to: the id of what takes the focus. */
  place: string
  /** As it stands, or by default; another kind of value than the field's is one that a program wrote. */
  value: unknown
  /** Nothing (`undefined`) is the default again. */
  onChange: (value: unknown) => void
}
