import { useState } from 'react'
import { Field } from '../../../../kit/field.tsx'
import { latinDigits } from '../../../../language/bidi.ts'
import { useLanguage } from '../../../../language/use-language.tsx'
import type { FieldProps } from './field-props.ts'
import { useRange } from './use-range.ts'

/** A number, in the digits of either language. */
export function NumberInput({ field, place, value, onChange }: FieldProps<'number'>) {
  const { t, show } = useLanguage()
  const { label, hint, min, max, isRequired } = field
  const range = useRange()(min, max)
  const isNumber = typeof value === 'number'
  /** The text being typed, which may not be a number yet. */
  const [typed, setTyped] = useState<string | null>(null)
  const shown = isNumber
    ? show.number(value, { useGrouping: false, maximumFractionDigits: 15 })
    : ''
  const isWrong = typed !== null && typed !== '' && Number.isNaN(numberOf(typed))
  const isOut = isNumber && (value < (min ?? value) || value > (max ?? value))
  const problem = isWrong ? t('wrong.other') : isOut ? range : undefined
  return (
    <Field
      id={place}
      label={show.said(label)}
      hint={[hint && show.said(hint), !isOut && range].filter(Boolean).join(' · ')}
      inputMode="decimal"
      isRequired={isRequired}
      problem={problem}
      value={typed ?? shown}
      onChange={(text) => {
        setTyped(text)
        const number = numberOf(text)
        if (text.trim() === '') onChange(undefined)
        else if (!Number.isNaN(number)) onChange(number)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

/** Numbers as written in either language: Persian has a minus sign of its own, and direction marks. */
const numberOf = (text: string): number =>
  Number(
    latinDigits(text)
      .replace(/[\u200e\u200f\s]/g, '')
      .replace('\u2212', '-')
      .replace(/[٫,]/, '.'),
  )
