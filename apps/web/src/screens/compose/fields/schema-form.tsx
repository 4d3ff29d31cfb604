import { ChoiceInput } from './schema/choice-input.tsx'
import { GroupInput } from './schema/group-input.tsx'
import { ListInput } from './schema/list-input.tsx'
import { NumberInput } from './schema/number-input.tsx'
import type { SchemaField } from './schema/schema-fields.ts'
import { asSettings, type Settings, withSetting } from './schema/settings.ts'
import { SwitchInput } from './schema/switch-input.tsx'
import { TextInput } from './schema/text-input.tsx'

interface SchemaFormProps {
  fields: readonly SchemaField[]
  settings: Settings
  /** The id of the form; a field's id is this and its name, like a JSON pointer. */
  place: string
  onChange: (settings: Settings) => void
}

/** A form made from a JSON Schema. Defaults are not written, and settings that no field shows stay. */
export default function SchemaForm({ fields, settings, place, onChange }: SchemaFormProps) {
  return fields.map((field) => (
    <Input
      key={field.name}
      field={field}
      place={`${place}/${field.name}`}
      value={settings[field.name] ?? field.byDefault}
      onChange={(value) => onChange(withSetting(settings, field, value))}
    />
  ))
}

interface InputProps {
  field: SchemaField
  place: string
  value: unknown
  onChange: (value: unknown) => void
}

function Input({ field, ...props }: InputProps) {
  switch (field.kind) {
    case 'text':
      return <TextInput field={field} {...props} />
    case 'choice':
      return <ChoiceInput field={field} {...props} />
    case 'switch':
      return <SwitchInput field={field} {...props} />
    case 'number':
      return <NumberInput field={field} {...props} />
    case 'list':
      return <ListInput field={field} {...props} />
    case 'group':
      return (
        <GroupInput field={field} {...props}>
          <SchemaForm
            fields={field.fields}
            settings={asSettings(props.value)}
            place={props.place}
            onChange={props.onChange}
          />
        </GroupInput>
      )
  }
}
