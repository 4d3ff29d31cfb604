import { describe, expect, it } from '@jest/globals'
import { mayRefreshAt, mustRefreshAt } from './refresh-at.ts'

const minute = 60_000
const token = (lifetimeMs: number) => ({
  refreshedAt: new Date(0),
  expiresAt: new Date(lifetimeMs),
})

describe('when a token is refreshed', () => {
  it.each([
    [60 * 24 * minute, 60 * 24 * minute - 10 * minute],
    [4 * minute, 3 * minute],
  ])('before use: in the last quarter of %d ms, at most ten minutes', (lifetimeMs, at) => {
    expect(mustRefreshAt(token(lifetimeMs))).toBe(at)
  })

  it('ahead of need: earlier, and not for all channels at once', () => {
    const day = token(60 * 24 * minute)
    const times = [0, 0.5, 1].map((spread) => mayRefreshAt(day, spread))
    expect(times).toEqual([1430 * minute, 1405 * minute, 1380 * minute])
    expect(mayRefreshAt(token(4 * minute), 1)).toBe(2 * minute)
  })

  it('never, where it does not expire', () => {
    expect(mustRefreshAt({ refreshedAt: new Date(0), expiresAt: null })).toBe(
      Number.POSITIVE_INFINITY,
    )
  })
})
