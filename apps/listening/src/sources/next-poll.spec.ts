import { expect, it } from '@jest/globals'
import { backoff, jittered } from './next-poll.ts'

it('spreads readings around the interval', () => {
  expect([jittered(1_000, 0), jittered(1_000, 0.5), jittered(1_000, 1)]).toEqual([
    800, 1_000, 1_200,
  ])
})

it('waits longer than the interval after a failure, for a quarter of an hour at most', () => {
  expect(backoff(1_000)).toEqual({ firstMs: 2_000, longestMs: 900_000 })
  expect(backoff(3_600_000).longestMs).toBe(3_600_000)
})
