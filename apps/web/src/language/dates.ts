import { localeOf, type Preferences } from './preferences.ts'

/** A moment: an ISO 8601 text, or a `Date`. */
export type Moment = string | Date

/** To make a formatter takes a hundred times as long as to use it. */
function kept<Options, Format>(make: (locale: string, options: Options) => Format) {
  const made = new Map<string, Format>()
  return (locale: string, options: Options): Format => {
    const key = `${locale} ${JSON.stringify(options)}`
    const known = made.get(key)
    if (known) return known
    const fresh = make(locale, options)
    made.set(key, fresh)
    return fresh
  }
}

const formatter = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)
const numbers = kept(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
)

/** The parts by name. `Intl` puts them in an order that Persian readers do not use, so they are joined here. */
function partsOf(moment: Moment, wanted: Preferences, options: Intl.DateTimeFormatOptions) {
  const format = formatter(localeOf(wanted), { timeZone: wanted.zone, ...options })
  const parts = format.formatToParts(new Date(moment))
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as Partial<
    Record<Intl.DateTimeFormatPartTypes, string>
  >
}

/** `۲۱:۰۵` */
export function formatTime(moment: Moment, wanted: Preferences): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const { hour, minute } = partsOf(moment, wanted, options)
  return `${hour}:${minute}`
}

/** `۲۱:۰۵:۱۲٫۳۴۵`, to the thousandth: evidence. */
export function formatExactly(moment: Moment, wanted: Preferences): string {
  const options = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  } as const
  const { hour, minute, second, fractionalSecond } = partsOf(moment, wanted, options)
  const point = wanted.digits === 'arabext' ? '٫' : '.'
  return `${hour}:${minute}:${second}${point}${fractionalSecond}`
}

/** `یکشنبه ۱ آذر ۱۴۰۵`; in English `Sunday 1 Azar 1405`. */
export function formatDate(
  moment: Moment,
  wanted: Preferences,
  { weekday = true, year = true }: { weekday?: boolean; year?: boolean } = {},
): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  const parts = partsOf(moment, wanted, options)
  return [weekday && parts.weekday, parts.day, parts.month, year && yearOf(parts)]
    .filter(Boolean)
    .join(' ')
}

/** `یکشنبه` */
export const formatWeekday = (moment: Moment, wanted: Preferences): string =>
  partsOf(moment, wanted, { weekday: 'long' }).weekday ?? ''

/** `آذر ۱۴۰۵` */
export function formatMonth(moment: Moment, wanted: Preferences): string {
  const parts = partsOf(moment, wanted, { month: 'long', year: 'numeric' })
  return `${parts.month} ${yearOf(parts)}`
}

/** `یکشنبه ۱ آذر ۱۴۰۵، ۲۱:۰۵` */
export function formatMoment(moment: Moment, wanted: Preferences): string {
  return `${formatDate(moment, wanted)}${commaOf(wanted)}${formatTime(moment, wanted)}`
}

/** Between the members of a list, with its space. */
export const commaOf = ({ language }: Preferences): string => (language === 'fa' ? '، ' : ', ')

/** The date in the other calendar, small beside the first: `22 نوامبر`, `۱ آذر`. */
export function formatOtherCalendarDay(moment: Moment, wanted: Preferences): string {
  const calendar = wanted.calendar === 'persian' ? 'gregory' : 'persian'
  return formatDate(moment, { ...wanted, calendar }, { weekday: false, year: false })
}

/** Some calendars call the year `relatedYear`, or add an era that nobody says. */
const yearOf = (parts: Partial<Record<string, string>>) => parts.year ?? parts.relatedYear

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `۳ ساعت پیش`, `in 2 days` */
export function formatDistance(moment: Moment, wanted: Preferences, now = Date.now()): string {
  const ms = new Date(moment).getTime() - now
  const locale = `${wanted.language}-u-nu-${wanted.digits}`
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const [unit, length] = units.find(([, size]) => Math.abs(ms) >= size) ?? ['second', 1_000]
  return relative.format(Math.round(ms / length), unit)
}

const lengths = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
  ['millisecond', 1],
] as const

/** How long something takes, in its two largest units: `۳ ساعت و ۱۲ دقیقه`, `340 milliseconds`. */
export function formatDuration(ms: number, wanted: Preferences): string {
  const whole = Math.abs(Math.round(ms))
  const first = Math.max(
    0,
    lengths.findIndex(([, length]) => whole >= length),
  )
  const at = whole === 0 ? lengths.length - 1 : first
  const [large, small] = lengths.slice(at, at + 2)
  const said = large ? [inUnit(Math.floor(whole / large[1]), large[0], wanted)] : []
  // Thousandths count where there is hardly a second; beside one they are noise.
  const rest = large && small ? Math.floor((whole % large[1]) / small[1]) : 0
  if (small && rest > 0 && small[0] !== 'millisecond') said.push(inUnit(rest, small[0], wanted))
  const sign = ms < 0 && whole > 0 ? '\u2066−\u2069' : ''
  return sign + said.join(wanted.language === 'fa' ? ' و ' : ' ')
}

const inUnit = (value: number, unit: string, wanted: Preferences): string =>
  formatNumber(value, wanted, { style: 'unit', unit, unitDisplay: 'long' })

/** A number in the digits that were chosen. */
export function formatNumber(
  value: number,
  { language, digits }: Preferences,
  options: Intl.NumberFormatOptions = {},
): string {
  return numbers(`${language}-u-nu-${digits}`, options).format(value)
}

/** Days from the first of the week: Saturday in Persian, Monday in English. */
export const firstDayOf = ({ language }: Preferences): 'sat' | 'mon' =>
  language === 'fa' ? 'sat' : 'mon'
