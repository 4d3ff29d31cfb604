import { wordsOf } from './say-problem.ts'

/** Why something was refused, beside what was tried; nothing when it was not. */
export function ErrorMessage({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-sm text-bad">
      {wordsOf(error)}
    </p>
  )
}
