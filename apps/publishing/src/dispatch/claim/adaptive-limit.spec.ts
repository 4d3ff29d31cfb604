import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { permitsAfter } from './adaptive-limit.ts'

describe('the adaptive limit', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 50 })
  const after = (most: number, list: number[]) =>
    list.reduce((permits, utilization) => permitsAfter(permits, { utilization }, most), most)

  it('stays between a few and the most there may be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 512 }), shares, (most, list) => {
        const permits = after(most, list)
        expect(permits).toBeLessThanOrEqual(most)
        expect(permits).toBeGreaterThanOrEqual(Math.min(24, most))
      }),
    )
  })

  it('falls on a full processor, and is itself again soon after', () => {
    const full = after(
      64,
      Array.from({ length: 10 }, () => 1),
    )
    expect(full).toBe(24)
    expect(after(64, [...Array.from({ length: 10 }, () => 1), 0.5, 0.5, 0.5, 0.5, 0.5])).toBe(64)
  })
})
