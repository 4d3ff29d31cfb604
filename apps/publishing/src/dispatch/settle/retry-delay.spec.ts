import { describe, expect, it } from '@jest/globals'
import { retryDelayMs } from './retry-delay.ts'

describe('the wait before the next try', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [5, 8_000, 16_000],
    [10, 150_000, 300_000],
    [1_000, 150_000, 300_000],
  ])('after %i failures is between %i and %i ms', (failures, least, most) => {
    expect(retryDelayMs(failures, () => 0)).toBe(least)
    expect(retryDelayMs(failures, () => 1)).toBe(most)
  })
})
