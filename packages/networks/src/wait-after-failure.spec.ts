import { describe, expect, it } from '@jest/globals'
import { NetworkError } from './connector.ts'
import { longPauseMs, waitAfterFailure } from './wait-after-failure.ts'

const said = { en: 'no', fa: 'نه' }
const reason = { code: 'no', message: said, fix: said }
const error = (kind: NetworkError['kind'], retryAt: Date | null = null) =>
  new NetworkError(kind, reason, retryAt)

describe('the wait after a failure', () => {
  const now = Date.parse('2026-11-01T00:00:00Z')
  const backoff = { firstMs: 2_000, longestMs: 900_000 }

  it.each([
    ['grows with every failure', error('temporary'), 1, 2_000],
    ['grows with every failure', error('temporary'), 3, 8_000],
    ['ends to grow at its longest', error('temporary'), 40, 900_000],
    ['is what the network asks for', error('rate_limited', new Date(now + 7_000)), 5, 7_000],
    ['is never in the past', error('rate_limited', new Date(now - 7_000)), 1, 0],
    ['grows when the network does not say', error('rate_limited'), 1, 2_000],
    ['is short when access may only be stale', error('reconnect'), 1, 2_000],
    ['is long once access is surely gone', error('reconnect'), 3, longPauseMs],
    ['grows when another service does not answer', new Error('unavailable'), 2, 4_000],
  ])('%s', (_name, cause, failures, expected) => {
    expect(waitAfterFailure(cause, failures, now, backoff)).toBe(expected)
  })

  it('is never shorter than its least', () => {
    const fast = { firstMs: 5, longestMs: 900, leastMs: 1_000 }
    expect(waitAfterFailure(error('temporary'), 1, now, fast)).toBe(1_000)
    expect(waitAfterFailure(error('temporary'), 40, now, fast)).toBe(1_000)
  })
})
