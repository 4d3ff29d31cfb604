import { describe, expect, it } from '@jest/globals'
import { backoff, nextCollectAt } from './cadence.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const publishedAt = new Date('2026-11-01T12:00:00Z')

const nextAge = (age: number, scale = 1) => {
  const next = nextCollectAt(publishedAt, new Date(publishedAt.getTime() + age), scale)
  return next && next.getTime() - publishedAt.getTime()
}

describe('the cadence of a post', () => {
  it.each([
    ['just out', 0, minute],
    ['told before it happened, by a clock that is ahead', -minute / 2, minute],
    ['after the first reading', minute, 5 * minute],
    ['after five minutes', 5 * minute, 15 * minute],
    ['after a quarter of an hour', 15 * minute, hour],
    ['after an hour', hour, 3 * hour],
    ['after three hours', 3 * hour, 6 * hour],
    ['after six hours', 6 * hour, 12 * hour],
    ['after half a day', 12 * hour, day],
    ['after a day', day, 2 * day],
    ['after 29 days', 29 * day, 30 * day],
    ['after 30 days, weekly', 30 * day, 37 * day],
    ['in its last weeks', 352 * day, 359 * day],
    ['after a year', 359 * day, null],
    ['long ago', 900 * day, null],
    ['when readings were missed', 4 * hour, 6 * hour],
  ])('%s', (_name, age, expected) => {
    expect(nextAge(age)).toBe(expected)
  })

  it('is faster where it is told to', () => {
    expect(nextAge(0, 0.05)).toBe(3_000)
    expect(nextAge(3_000, 0.05)).toBe(15_000)
  })

  it('reads a post 84 times in all', () => {
    let readings = 0
    for (let age = nextAge(0); age !== null; age = nextAge(age)) readings += 1
    expect(readings).toBe(84)
  })
})

it('waits after a failure as the cadence is scaled, a second at least', () => {
  expect(backoff(1)).toEqual({ firstMs: 5_000, longestMs: 900_000, leastMs: 1_000 })
  expect(backoff(0.1)).toMatchObject({ firstMs: 500, leastMs: 1_000 })
})
