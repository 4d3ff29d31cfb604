import { Field } from '../../../../kit/field.tsx'
import { useLanguage } from '../../../../language/use-language.tsx'
import type { FieldProps } from './field-props.ts'
import { Length } from './length.tsx'

/** Texts with a higher limit get several lines. */
const longestLine = 500

/** A text; what is too long is counted and said, and never cut. */
export function TextInput({ field, place, value, onChange }: FieldProps<'text'>) {
  const { t, show } = useLanguage()
  const { label, hint, max = Number.POSITIVE_INFINITY, isUrl, isCode, isRequired } = field
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
  const over = text.length - max
  return (
    <Field
      id={place}
      label={show.said(label)}
      hint={hint && show.said(hint)}
      {...(isUrl && { type: 'url', inputMode: 'url' })}
      dir={isCode ? 'ltr' : 'auto'}
      multiline={max > longestLine && Number.isFinite(max)}
      isRequired={isRequired}
      aria-describedby={`${place}/length`}
      {...(over > 0 && { problem: t('compose.over', { number: show.number(over) }) })}
      value={text}
      onChange={onChange}
    >
      <Length id={`${place}/length`} label={show.said(label)} used={text.length} max={max} />
    </Field>
  )
}
