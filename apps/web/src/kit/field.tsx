import type { FormEvent, ReactNode } from 'react'
import { Input, Label, Text, TextArea, TextField, type TextFieldProps } from 'react-aria-components'
import { FieldProblem } from './field-problem.tsx'

interface FieldProps extends Omit<TextFieldProps, 'children' | 'className'> {
  label: string
  hint?: string | undefined
  /** What is wrong with it, if anything. */
  problem?: string | undefined
  /** Beside the input, such as a button that shows a password. */
  children?: ReactNode
  multiline?: boolean
  rows?: number
  placeholder?: string
  isLabelHidden?: boolean
  /** `auto` follows the first letter that is typed. */
  dir?: 'auto' | 'ltr'
}

export const inputClass = `w-full rounded-control border border-line-strong bg-surface px-3 py-2 text-ink
  placeholder:text-muted data-focused:outline-2 data-focused:outline-focus data-invalid:border-bad
  min-h-9 pointer-coarse:min-h-11`

type TextInput = HTMLInputElement | HTMLTextAreaElement

/**
 * An error appears when a field is left, and goes as soon as it is mended: if it went only when the field is left, the
 * button being pressed would move from under the pointer.
 */
const judgeAgain = ({ currentTarget }: FormEvent<TextInput>) => {
  if (currentTarget.matches('[data-invalid]')) currentTarget.dispatchEvent(new Event('change'))
}

/** A text with its label, a hint and what is wrong with it. */
export function Field({
  label,
  hint,
  problem,
  children,
  multiline = false,
  rows = 3,
  placeholder,
  isLabelHidden = false,
  dir = 'auto',
  ...props
}: FieldProps) {
  return (
    <TextField
      {...props}
      {...(problem !== undefined && { isInvalid: true })}
      className="flex flex-col gap-1"
    >
      <Label className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>{label}</Label>
      <div className="flex gap-2">
        {multiline ? (
          <TextArea
            dir={dir}
            rows={rows}
            placeholder={placeholder}
            onInput={judgeAgain}
            className={inputClass}
          />
        ) : (
          <Input dir={dir} placeholder={placeholder} onInput={judgeAgain} className={inputClass} />
        )}
        {children}
      </div>
      {hint && (
        <Text slot="description" className="text-sm text-muted">
          {hint}
        </Text>
      )}
      <FieldProblem problem={problem} />
    </TextField>
  )
}
