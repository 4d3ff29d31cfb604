import { NetworkError } from '@hamava/networks'
import { describe, expect, it } from '@jest/globals'
import { jittered, pauseMs, waitAfterFailure } from './next-poll.ts'

const said = { en: 'no', fa: 'نه' }
const reason = { code: 'no', message: said, fix: said }
const error = (kind: NetworkError['kind'], retryAt: Date | null = null) =>
  new NetworkError(kind, reason, retryAt)

describe('the wait after a reading that failed', () => {
  const now = Date.parse('2026-11-01T00:00:00Z')

  it.each([
    ['grows with every failure', error('temporary'), 1, 2_000],
    ['grows with every failure', error('temporary'), 3, 8_000],
    ['stays below a quarter of an hour', error('temporary'), 40, 900_000],
    ['is what the network asks for', error('rate_limited', new Date(now + 7_000)), 5, 7_000],
    ['is never in the past', error('rate_limited', new Date(now - 7_000)), 1, 0],
    ['grows when the network does not say', error('rate_limited'), 1, 2_000],
    ['is short when access may only be stale', error('reconnect'), 1, 2_000],
    ['is long once access is surely gone', error('reconnect'), 3, pauseMs],
    ['grows when publishing does not answer', new Error('unavailable'), 2, 4_000],
  ])('%s', (_name, cause, failures, expected) => {
    expect(waitAfterFailure(cause, failures, 1_000, now)).toBe(expected)
  })

  it('spreads readings around the interval', () => {
    expect([jittered(1_000, 0), jittered(1_000, 0.5), jittered(1_000, 1)]).toEqual([
      800, 1_000, 1_200,
    ])
  })
})
