import { NetworkError } from '@hamava/networks'

const shortestMs = 5_000
/** However fast the cadence is made. */
const leastMs = 1_000
const longestMs = 15 * 60_000
/** Access that the network refused this often is only tried now and then, until the channel changes. */
const refusalsUntilPause = 3
const pauseMs = 60 * 60_000

/**
 * How long a channel is left alone after a collection that failed; `failures` counts this one. A first
 * refusal of access may be old credentials in our memory, so it is tried again soon with fresh ones.
 */
export function waitAfterFailure(
  error: unknown,
  failures: number,
  now: number,
  scale: number,
): number {
  const unscaled = Math.min(shortestMs * 2 ** Math.min(failures - 1, 20), longestMs)
  const backoff = Math.max(leastMs, unscaled * scale)
  if (!(error instanceof NetworkError)) return backoff
  if (error.kind === 'rate_limited' && error.retryAt)
    return Math.max(error.retryAt.getTime() - now, 0)
  if (error.kind === 'reconnect' && failures >= refusalsUntilPause) return pauseMs
  return backoff
}
