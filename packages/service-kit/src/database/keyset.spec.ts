import { describe, expect, it } from '@jest/globals'
import { decodeCursor, encodeCursor, toPage } from './keyset.ts'

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
