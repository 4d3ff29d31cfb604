import { z } from 'zod'

/** One page of a list, oldest or newest first as its route says; `nextCursor` is null on the last one. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** What every list takes: an opaque cursor of the page before, and how many items (1–100). */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type PageQuery = z.output<typeof pageQuery>

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** An RFC 3339 time with an offset. */
export const instant = z.iso.datetime({ offset: true })

/** An IANA zone that this runtime knows: `Asia/Tehran`. */
export const zoneName = z.string().refine(isZone, 'is not an IANA time zone, such as Asia/Tehran')

/** Asking the runtime for a zone takes long, so the usual ones are looked up. */
const usual = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])

function isZone(name: string): boolean {
  if (usual.has(name)) return true
  // Offsets such as +03:30 are understood by the runtime, but know nothing of changes of the clock.
  if (/^[+-]/.test(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
