import { FieldError } from 'react-aria-components'
import { useLanguage } from '../language/use-language.tsx'

/** What is wrong with a field, beneath it; what the browser finds is said in the language of the page, too. */
export function FieldProblem({ problem }: { problem?: string | undefined }) {
  const { t } = useLanguage()
  return (
    <FieldError className="text-sm text-bad">
      {({ validationErrors, validationDetails: { valueMissing, typeMismatch } }) => {
        if (problem) return problem
        if (valueMissing) return t('wrong.missing')
        if (typeMismatch) return t('wrong.address')
        return validationErrors.join(' ')
      }}
    </FieldError>
  )
}
