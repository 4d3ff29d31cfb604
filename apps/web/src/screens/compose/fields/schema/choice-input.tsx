import { Picker } from '../../../../kit/picker.tsx'
import { useLanguage } from '../../../../language/use-language.tsx'
import type { FieldProps } from './field-props.ts'

/** One of a few values; none, too, where nothing needs to be chosen. */
export function ChoiceInput({ field, place, value, onChange }: FieldProps<'choice'>) {
  const { t, show } = useLanguage()
  const { label, hint, values, isRequired, byDefault } = field
  const none = isRequired || byDefault !== undefined ? [] : [{ id: '', label: t('compose.none') }]
  return (
    <Picker
      id={place}
      label={show.said(label)}
      hint={hint && show.said(hint)}
      options={[...none, ...values.map((one) => ({ id: one.value, label: show.said(one.label) }))]}
      value={typeof value === 'string' ? value : ''}
      onChange={onChange}
    />
  )
}
