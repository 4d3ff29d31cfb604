import type { ReactNode } from 'react'
import { Form as AriaForm } from 'react-aria-components'
import { ErrorMessage } from './error-message.tsx'
import { useWrongFields } from './wrong-fields.ts'

interface FormProps {
  /** The refusal of the last submit; it stands at the fields that it names, until they are changed. */
  error?: unknown
  onSubmit: () => void
  className?: string
  children: ReactNode
  /** What sends it. */
  actions: ReactNode
}

/** Fields that are sent together; each says for itself what is wrong with it, by its `name`. */
export function Form({
  error,
  onSubmit,
  className = 'flex flex-col gap-4',
  children,
  actions,
}: FormProps) {
  return (
    <AriaForm
      className={className}
      validationErrors={useWrongFields(error)}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      <ErrorMessage error={error} />
      {actions}
    </AriaForm>
  )
}
