import { Problem } from '../api/problem.ts'
import { words } from '../language/words.ts'
import { toast } from './toasts.tsx'

/** What the server says of these is for those who write programs: names of fields, moments to the millisecond. */
const ours: Record<string, 'fields' | 'past'> = {
  invalid_input: 'fields',
  schedule_in_past: 'past',
}

/** Why something was refused, in words; that the server is away, where it is. */
export function wordsOf(error: unknown): string {
  const t = words()
  if (!(error instanceof Problem)) return t('app.unreachable')
  const word = ours[error.code]
  if (word) return t(`wrong.${word}`)
  return `${error.message} ${error.fix}`.trim()
}

/** For what was tried in passing: the refusal, at the edge of the page. */
export const sayProblem = (error: unknown): void => toast(wordsOf(error), { tone: 'bad' })
