import { Problem, Unreachable } from '../api/problem.ts'
import type { en } from '../language/words/en.ts'
import { words } from '../language/words.ts'
import { toast } from './toasts.tsx'

type Word = keyof typeof en.wrong

/** For these codes the server's words are for programmers (fields, headers, moments, ids), so the app has its own. */
const ours: Record<string, Word> = {
  invalid_input: 'fields',
  malformed_request: 'fields',
  schedule_in_past: 'past',
  hold_until_past: 'past',
  schedule_too_far: 'tooFar',
  post_not_ready: 'notReady',
  post_state: 'changed',
  publication_state: 'changed',
  nothing_to_cancel: 'changed',
  in_doubt: 'underWay',
  change_under_way: 'underWay',
  hold_ended: 'changed',
  stale: 'changed',
  idempotency_in_flight: 'underWay',
  idempotency_key_reused: 'underWay',
  forbidden: 'forbidden',
  people_only: 'forbidden',
  channel_forbidden: 'forbidden',
  scope_too_wide: 'forbidden',
  unauthenticated: 'session',
  csrf_failed: 'session',
  not_found: 'gone',
  route_not_found: 'gone',
  password_required: 'firstPassword',
  file_too_large: 'tooLarge',
  body_too_large: 'text',
  post_too_large: 'text',
  file_type: 'fileType',
  rate_limited: 'tooOften',
  internal: 'internal',
  unavailable: 'unavailable',
}

/** Why something was refused, in words; also when the server is away, or the error is our own. */
export function wordsOf(error: unknown): string {
  const t = words()
  if (error instanceof Unreachable) return t('wrong.unreachable')
  if (!(error instanceof Problem)) return t('app.broken')
  const word = ours[error.code]
  if (word) return t(`wrong.${word}`)
  if (error.message) return `${error.message} ${error.fix}`.trim()
  // No problem of ours: the answer of a proxy in front of a server that is away.
  return error.status >= 500 ? t('wrong.unreachable') : t('wrong.unknown')
}

/** Shows a refusal as a toast, for actions that have no place of their own for it. */
export const sayProblem = (error: unknown): void => toast(wordsOf(error), { tone: 'bad' })
