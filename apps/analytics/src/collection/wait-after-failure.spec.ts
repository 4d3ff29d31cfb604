import { NetworkError } from '@hamava/networks'
import { expect, it } from '@jest/globals'
import { waitAfterFailure } from './wait-after-failure.ts'

const said = { en: 'no', fa: 'نه' }
const reason = { code: 'no', message: said, fix: said }
const error = (kind: NetworkError['kind'], retryAt: Date | null = null) =>
  new NetworkError(kind, reason, retryAt)
const now = Date.parse('2026-11-01T00:00:00Z')

it.each([
  ['grows with every failure', error('temporary'), 1, 5_000],
  ['grows with every failure', error('temporary'), 3, 20_000],
  ['stays below a quarter of an hour', error('temporary'), 40, 900_000],
  ['is what the network asks for', error('rate_limited', new Date(now + 7_000)), 5, 7_000],
  ['is short when access may only be stale', error('reconnect'), 1, 5_000],
  ['is long once access is surely gone', error('reconnect'), 3, 3_600_000],
  ['grows when publishing does not answer', new Error('unavailable'), 2, 10_000],
])('the wait after a failure %s', (_name, cause, failures, expected) => {
  expect(waitAfterFailure(cause, failures, now, 1)).toBe(expected)
})

it('is a second at least, however fast the cadence is', () => {
  expect(waitAfterFailure(error('temporary'), 1, now, 0.001)).toBe(1_000)
})
