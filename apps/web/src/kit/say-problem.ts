import { Problem } from '../api/problem.ts'
import { words } from '../language/words.ts'
import { toast } from './toasts.tsx'

/** Why something was refused, in words; that the server is away, where it is. */
export function wordsOf(error: unknown): string {
  const t = words()
  if (!(error instanceof Problem)) return t('app.unreachable')
  // Its own words are for those who write programs.
  if (error.code === 'invalid_input') return `${t('wrong.fields')} ${t('wrong.fieldsFix')}`
  return `${error.message} ${error.fix}`.trim()
}

/** For what was tried in passing: the refusal, at the edge of the page. */
export const sayProblem = (error: unknown): void => toast(wordsOf(error), { tone: 'bad' })
