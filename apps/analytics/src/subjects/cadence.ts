import type { Backoff } from '@hamava/networks'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The ages at which a post is read: often while it is young, then daily for a month and weekly for a year. */
const ages: readonly number[] = [
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  ...Array.from({ length: 30 }, (_, at) => (at + 1) * day),
  ...Array.from({ length: 47 }, (_, at) => (30 + 7 * (at + 1)) * day),
]

/**
 * When a post is read next; null once it is a year old. Readings that were missed, as when we were
 * down, are not made up for: nobody can tell afterwards what the numbers were.
 */
export function nextCollectAt(publishedAt: Date, now: Date, scale = 1): Date | null {
  const age = now.getTime() - publishedAt.getTime()
  const next = ages.find((one) => one * scale > age)
  return next === undefined ? null : new Date(publishedAt.getTime() + next * scale)
}

/** A channel's own numbers are read every hour. */
export const channelIntervalMs = (scale: number): number => hour * scale

/** The pauses after a collection that failed: at least a second, however small `scale` is. */
export const backoff = (scale: number): Backoff => ({
  firstMs: 5_000 * scale,
  longestMs: 15 * minute * scale,
  leastMs: 1_000,
})
