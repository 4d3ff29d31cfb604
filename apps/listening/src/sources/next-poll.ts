import type { Backoff } from '@hamava/networks'

/** Spreads readings over ±20 %, so that many channels do not come all at once. */
export const jittered = (ms: number, random = Math.random()): number =>
  Math.round(ms * (0.8 + 0.4 * random))

const longestMs = 15 * 60_000

/** The pauses after a reading that failed. */
export const backoff = (pollMs: number): Backoff => ({
  firstMs: 2 * pollMs,
  longestMs: Math.max(pollMs, longestMs),
})
