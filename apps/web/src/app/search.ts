/** Search parameters stay strings: a code of a network may consist of digits, and is still no number. */
export const parseSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text))

export function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== null)
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text && `?${text}`
}

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** Only addresses of this origin, however they are written: `/\evil` is not one. */
export const ownAddress = (given: string | undefined, origin: string): string | undefined =>
  given?.startsWith('/') && URL.parse(given, origin)?.origin === origin ? given : undefined

/** An existing day, Gregorian: `2026-11-22`. */
export function day(value: unknown): string | undefined {
  const given = text(value)
  if (!given || !/^\d{4}-\d{2}-\d{2}$/.test(given)) return undefined
  const at = new Date(`${given}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(given) ? given : undefined
}

/** A day, or a day and a time on the wall: `2026-11-22T20:30`. */
export function dayOrTime(value: unknown): string | undefined {
  const given = text(value)
  const on = day(given?.slice(0, 10))
  return on && /^(T([01]\d|2[0-3]):[0-5]\d)?$/.test(given?.slice(10) ?? '') ? given : undefined
}

/** One of a few. */
export const oneOf =
  <Known extends string>(known: readonly Known[]) =>
  (value: unknown): Known | undefined =>
    known.find((one) => one === value)
