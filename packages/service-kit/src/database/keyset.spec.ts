import { describe, expect, it } from '@jest/globals'
import { boundedPage, decodeCursor, encodeCursor, toPage } from './keyset.ts'

describe('a page', () => {
  const rows = [1, 2, 3].map((n) => ({ id: `id_${n}` }))
  const page = (limit: number) =>
    toPage(
      rows.slice(0, limit + 1),
      { limit },
      (row) => row.id,
      (row) => ({ at: '', id: row.id }),
    )

  it('points at its last row when there is more', () => {
    const { items, nextCursor } = page(2)
    expect(items).toEqual(['id_1', 'id_2'])
    expect(decodeCursor(nextCursor ?? undefined)).toEqual({ at: '', id: 'id_2' })
  })

  it('ends without a cursor', () => {
    expect(page(3)).toEqual({ items: ['id_1', 'id_2', 'id_3'], nextCursor: null })
  })

  it.each(['nonsense', '', encodeCursor({ at: 'x', id: 'y' }).slice(1), 'W10', 'bnVsbA'])(
    'refuses the cursor %p',
    (cursor) => {
      expect(() => decodeCursor(cursor)).toThrow('The cursor is not one of ours.')
    },
  )
})

describe('a page of what may be large', () => {
  const page = (sizes: number[], limit: number) => {
    const rows = sizes.map((bytes, at) => ({ id: `id_${at}`, bytes }))
    const { shown, nextCursor } = boundedPage(rows, { limit }, ({ id }) => ({ at: '', id }))
    return [shown.length, nextCursor && decodeCursor(nextCursor)?.id]
  }

  it.each([
    ['ends at its limit', [1, 1, 1], 2, [2, 'id_1']],
    ['ends with the last row', [1, 1], 2, [2, null]],
    ['ends early when its bytes are used up', [1_500_000, 500_000, 200_000], 50, [2, 'id_1']],
    ['has one row at least, however large', [9_000_000, 1], 50, [1, 'id_0']],
    ['may be empty', [], 50, [0, null]],
  ] as const)('%s', (_name, sizes, limit, expected) => {
    expect(page([...sizes], limit)).toEqual(expected)
  })
})
