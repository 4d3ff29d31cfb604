import { expect, it } from '@jest/globals'
import { randomOf, shuffled, wholeBetween } from './random.ts'

it('gives the same numbers for the same seed, and others for another', () => {
  const ten = (seed: number) => {
    const random = randomOf(seed)
    return Array.from({ length: 10 }, () => wholeBetween(random, 1, 1000))
  }
  expect(ten(7)).toEqual(ten(7))
  expect(ten(7)).not.toEqual(ten(8))
})

it('reaches both ends of a range, and keeps all that it shuffles', () => {
  const random = randomOf(1)
  const thrown = new Set(Array.from({ length: 200 }, () => wholeBetween(random, 1, 6)))
  expect([...thrown].sort()).toEqual([1, 2, 3, 4, 5, 6])
  expect(shuffled(random, [1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4])
})
