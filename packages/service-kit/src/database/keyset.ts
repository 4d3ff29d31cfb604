import { largestPageBytes, type Page, type PageQuery } from '@hamava/contracts'
import { AppError } from '../app-error.ts'

/** The place after which a page begins: the sort value and the id of the last row before it. */
export interface Keyset {
  at: string
  id: string
}

export function encodeCursor(keyset: Keyset): string {
  return Buffer.from(JSON.stringify([keyset.at, keyset.id])).toString('base64url')
}

/** Throws `bad_cursor` for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string | undefined): Keyset | null {
  if (cursor === undefined) return null
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parsed) && typeof parsed[0] === 'string' && typeof parsed[1] === 'string') {
      return { at: parsed[0], id: parsed[1] }
    }
  } catch {
    // Falls through to the one refusal below.
  }
  throw new AppError('bad_cursor')
}

/** Makes a page of `limit` items from rows that were read with `limit + 1`. */
export function toPage<Row, Item>(
  rows: Row[],
  query: Pick<PageQuery, 'limit'>,
  toItem: (row: Row) => Item,
  keysetOf: (row: Row) => Keyset,
): Page<Item> {
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > query.limit && last ? encodeCursor(keysetOf(last)) : null,
  }
}

/**
 * The rows of a page whose items may be large: at most `limit` (of `limit + 1` read) and at most the bytes of a page, but
 * at least one. Callers read only ids and sizes for it, then the rows themselves.
 */
export function boundedPage<Sized extends { bytes: number | string }>(
  sized: Sized[],
  query: Pick<PageQuery, 'limit'>,
  keysetOf: (row: Sized) => Keyset,
): { shown: Sized[]; nextCursor: string | null } {
  let bytes = 0
  const over = sized.findIndex((row, at) => {
    bytes += Number(row.bytes)
    return at >= query.limit || (at > 0 && bytes > largestPageBytes)
  })
  const shown = over === -1 ? sized : sized.slice(0, over)
  const last = shown.at(-1)
  return { shown, nextCursor: over !== -1 && last ? encodeCursor(keysetOf(last)) : null }
}
