import { Problem } from '../api/problem.ts'
import { words } from '../language/words.ts'
import { toast } from './toasts.tsx'

/** Why something was refused, in words; that the server is away, where it is. */
export const wordsOf = (error: unknown): string =>
  error instanceof Problem ? `${error.message} ${error.fix}`.trim() : words()('app.unreachable')

/** For what was tried in passing: the refusal, at the edge of the page. */
export const sayProblem = (error: unknown): void => toast(wordsOf(error), { tone: 'bad' })
