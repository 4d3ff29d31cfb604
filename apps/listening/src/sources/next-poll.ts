import { NetworkError } from '@hamava/networks'

const longestMs = 15 * 60_000
/** Access that the network refused this often is only tried now and then, until the channel changes. */
const refusalsUntilPause = 3
export const pauseMs = 60 * 60_000

/** Spreads readings over ±20 %, so that many channels do not come all at once. */
export const jittered = (ms: number, random = Math.random()): number =>
  Math.round(ms * (0.8 + 0.4 * random))

/**
 * How long to wait after a reading that failed. `failures` counts this one. A first refusal of access
 * may be old credentials in our memory, so it is tried again soon with fresh ones.
 */
export function waitAfterFailure(
  error: unknown,
  failures: number,
  pollMs: number,
  now: number,
): number {
  const backoff = Math.min(pollMs * 2 ** Math.min(failures, 20), Math.max(pollMs, longestMs))
  if (!(error instanceof NetworkError)) return backoff
  if (error.kind === 'rate_limited' && error.retryAt)
    return Math.max(error.retryAt.getTime() - now, 0)
  if (error.kind === 'reconnect' && failures >= refusalsUntilPause) return pauseMs
  return backoff
}
