import { Checkbox } from '../../../../kit/choice.tsx'
import { useLanguage } from '../../../../language/use-language.tsx'
import type { FieldProps } from './field-props.ts'

/** Yes or no. */
export function SwitchInput({ field, place, value, onChange }: FieldProps<'switch'>) {
  const { show } = useLanguage()
  const { label, hint } = field
  return (
    <div className="flex flex-col">
      <Checkbox
        id={place}
        {...(hint && { 'aria-describedby': `${place}/hint` })}
        isSelected={value === true}
        onChange={onChange}
      >
        {show.said(label)}
      </Checkbox>
      {hint && (
        <span id={`${place}/hint`} className="ps-7 text-sm text-muted">
          {show.said(hint)}
        </span>
      )}
    </div>
  )
}
