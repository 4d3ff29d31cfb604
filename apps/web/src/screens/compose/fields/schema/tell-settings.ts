import { type SchemaField, schemaFields } from './schema-fields.ts'
import { asSettings, type Settings } from './settings.ts'

/** How a language says what was set. */
export interface Speech {
  said: (text: { fa: string; en: string }) => string
  number: (value: number) => string
  list: (words: readonly string[]) => string
  yes: string
  no: string
  none: string
}

/** The settings in words, in the order of the form; those without a field as they were written, last. */
export function tellSettings(
  schema: Record<string, unknown> | undefined,
  settings: Settings,
  speech: Speech,
): string[] {
  const fields = schemaFields(schema ?? {})
  return [
    ...tellFields(fields, settings, speech),
    ...Object.entries(settings)
      .filter(([name]) => fields.every((field) => field.name !== name))
      .map(([name, value]) => pair(name, asWritten(value))),
  ]
}

const tellFields = (fields: readonly SchemaField[], settings: Settings, speech: Speech): string[] =>
  fields
    .filter(({ name }) => settings[name] !== undefined)
    .map((field) => pair(speech.said(field.label), tell(field, settings[field.name], speech)))

/** A value in the other script must not reorder the text around it: first strong isolate, and its end. */
const pair = (label: string, value: string): string => `${label}: \u2068${value}\u2069`

const asWritten = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/** A value in words; as it was written where it is of another kind than its field. */
function tell(field: SchemaField, value: unknown, speech: Speech): string {
  if (value === '') return speech.none
  switch (field.kind) {
    case 'choice': {
      const chosen = field.values.find((one) => one.value === value)
      return chosen ? speech.said(chosen.label) : asWritten(value)
    }
    case 'switch':
      if (typeof value !== 'boolean') break
      return value ? speech.yes : speech.no
    case 'number':
      if (typeof value !== 'number') break
      return speech.number(value)
    case 'list':
      if (!Array.isArray(value)) break
      return value.filter(Boolean).map(asWritten).join(' / ') || speech.none
    case 'group':
      return speech.list(tellFields(field.fields, asSettings(value), speech)) || speech.none
  }
  return asWritten(value)
}
