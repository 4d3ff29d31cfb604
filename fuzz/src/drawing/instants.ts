import type { Draw } from './draw.ts'

/** All runs count from the same day, so that the same seed asks for the same times. */
const epoch = Date.parse('2031-01-01T00:00:00Z')

export function futureInstant(draw: Draw): string {
  const at = new Date(epoch + draw.whole(0, 365 * 86_400) * 1_000)
  const form = draw.whole(0, 3)
  if (form === 0) return at.toISOString()
  if (form === 1) return at.toISOString().replace('.000Z', 'Z')
  const iso = new Date(at.getTime() + 12_600_000).toISOString()
  return iso.replace(form === 2 ? '.000Z' : 'Z', '+03:30')
}

/** By RFC 3339, or nearly: at the ends of what a date can be. */
export const strangeInstants: Readonly<Record<string, string>> = {
  'an offset beyond a day': '2031-05-01T10:00:00+23:59',
  'an offset beyond ±15:59': '2031-05-01T10:00:00-16:00',
  'the year 0000': '0000-01-01T00:00:00Z',
  'the year 0000 with an offset': '0000-01-01T00:00:00+03:30',
  'the year 9999 with an offset': '9999-12-31T23:59:59-03:30',
  'the year 9999': '9999-12-31T23:59:59Z',
  'many fraction digits': '2031-05-01T10:00:00.12345678901234567890Z',
  'no offset': '2031-05-01T10:00:00',
  'a small z': '2031-05-01t10:00:00z',
  'the hour 24': '2031-05-01T24:00:00Z',
  'a leap second': '2031-06-30T23:59:60Z',
  'the 30th of February': '2031-02-30T10:00:00Z',
  'a time long past': '1970-01-01T00:00:00Z',
  'a day alone': '2031-05-01',
}
