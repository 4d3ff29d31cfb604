import { z } from 'zod'

/** One page of a list, oldest or newest first as its route says; `nextCursor` is null on the last one. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** The `limit` of a page, 50 unless given; digits alone, as `0x10` and `1e1` are slips. */
export const limitUpTo = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
    z.int({ error: 'is not a whole number in digits' }).min(1).max(most).default(50),
  )

/** What every list takes: an opaque cursor of the page before, and how many items (1–100). */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: limitUpTo(100),
})
export type PageQuery = z.output<typeof pageQuery>

/** The versions that a caller may have read, one of which must be the current one; null accepts any. */
export const versionsRead = z.array(z.int()).max(20).nullable()
export type VersionsRead = z.infer<typeof versionsRead>

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** The years that a time may be in; others are slips, and not every part of the system can represent them. */
export const isYear = (year: number): boolean => year >= 1970 && year < 2200

/** An RFC 3339 time with an offset, from 1970 up to 2200, with at most 9 digits of a second; kept as UTC in milliseconds. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine(isMoment, {
    abort: true,
    error: 'is not a time between 1970 and 2200 with at most 9 digits of a second',
  })
  .overwrite((at) => new Date(at).toISOString())

function isMoment(at: string): boolean {
  const fraction = /\.(\d+)/.exec(at)?.[1] ?? ''
  return fraction.length <= 9 && isYear(new Date(at).getUTCFullYear())
}

/** An IANA zone that this runtime knows: `Asia/Tehran`. */
export const zoneName = z.string().refine(isZone, 'is not an IANA time zone, such as Asia/Tehran')

/** Asking the runtime for a zone takes long, so the usual ones are looked up. */
const usual = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])

function isZone(name: string): boolean {
  if (usual.has(name)) return true
  // The runtime accepts offsets such as +03:30 as zones, but they know no changes of the clock.
  if (/^[+-]/.test(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
