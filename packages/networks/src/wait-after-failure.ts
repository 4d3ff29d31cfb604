import { NetworkError } from './connector.ts'

/** Access that the network refused this often is only tried now and then, until the channel changes. */
const refusalsUntilPause = 3
export const longPauseMs = 60 * 60_000

/** A wait that doubles with every failure. */
export interface Backoff {
  firstMs: number
  longestMs: number
  leastMs?: number
}

/**
 * How long a channel is left alone after a call to its network that failed; `failures` counts this one. A first
 * refusal of access may be old credentials in our memory, so it is tried again soon with fresh ones.
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
