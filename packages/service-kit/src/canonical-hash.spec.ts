import { describe, expect, it } from '@jest/globals'
import { canonicalHash } from './canonical-hash.ts'

describe('a canonical hash', () => {
  it('does not depend on the order of keys, nor on fields that are not there', () => {
    const one = canonicalHash({ a: 1, b: [{ c: 2, d: null }], e: undefined })
    expect(canonicalHash({ b: [{ d: null, c: 2 }], a: 1 })).toBe(one)
  })

  it('depends on everything else', () => {
    const values = [
      { a: 1 },
      { a: '1' },
      { a: [1] },
      { a: null },
      { a: 1, b: 1 },
      [1, 2],
      [2, 1],
      'سلام',
      'سلام ',
    ]
    expect(new Set(values.map(canonicalHash)).size).toBe(values.length)
  })

  it('survives a journey through JSON', () => {
    const value = { text: 'می‌آید', parts: [{ at: '2026-11-22T00:00:00Z', n: 1.5 }] }
    expect(canonicalHash(JSON.parse(JSON.stringify(value)))).toBe(canonicalHash(value))
  })
})
