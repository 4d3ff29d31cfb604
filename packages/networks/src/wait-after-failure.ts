import { NetworkError } from './connector.ts'

/** After this many refusals of access, the channel is tried only every `longPauseMs`, until it changes. */
const refusalsUntilPause = 3
export const longPauseMs = 60 * 60_000

/** A wait that doubles with every failure. */
export interface Backoff {
  firstMs: number
  longestMs: number
  leastMs?: number
}

/**
 * How many milliseconds to leave a channel alone after a failed call to its network; `failures` includes this one. A
 * first refusal of access may be due to old cached credentials, so it is tried again soon with fresh ones.
 */
export function waitAfterFailure(
  error: unknown,
  failures: number,
  now: number,
  { firstMs, longestMs, leastMs = 0 }: Backoff,
): number {
  const doubled = firstMs * 2 ** Math.min(failures - 1, 20)
  const backoff = Math.max(leastMs, Math.min(doubled, longestMs))
  if (!(error instanceof NetworkError)) return backoff
  if (error.kind === 'rate_limited' && error.retryAt)
    return Math.max(error.retryAt.getTime() - now, 0)
  if (error.kind === 'reconnect' && failures >= refusalsUntilPause) return longPauseMs
  return backoff
}
