import {
  type CalendarDate,
  endOfMonth,
  fromDate,
  GregorianCalendar,
  parseDate,
  startOfMonth,
  startOfWeek,
  Time,
  toCalendar,
  toCalendarDate,
  toCalendarDateTime,
  toZoned,
} from '@internationalized/date'
import { firstDayOf } from '../../language/dates.ts'
import { localeOf, type Preferences } from '../../language/preferences.ts'
import { calendarOf } from '../../language/wall-time.ts'

export type View = 'month' | 'week' | 'list'

/** The days that a view shows, in the chosen calendar. */
export interface Span {
  /** The day that it is about. */
  on: CalendarDate
  days: CalendarDate[]
  /** The moments between which something is shown. */
  from: string
  to: string
}

const gregorian = new GregorianCalendar()

export function spanOf(view: View, on: CalendarDate, wanted: Preferences): Span {
  const locale = localeOf(wanted)
  const first = firstDayOf(wanted)
  const start =
    view === 'week'
      ? startOfWeek(on, locale, first)
      : view === 'list'
        ? startOfMonth(on)
        : startOfWeek(startOfMonth(on), locale, first)
  const last = endOfMonth(on)
  const count =
    view === 'week' ? 7 : view === 'list' ? last.day : Math.ceil((last.compare(start) + 1) / 7) * 7
  const days = Array.from({ length: count }, (_, at) => start.add({ days: at }))
  return {
    on,
    days,
    from: start.toDate(wanted.zone).toISOString(),
    to: start.add({ days: count }).toDate(wanted.zone).toISOString(),
  }
}

/** `2026-11-22`, as it stands in addresses and in wall times. */
export const isoOf = (day: CalendarDate): string => toCalendar(day, gregorian).toString()

export const dayOf = (iso: string, wanted: Preferences): CalendarDate =>
  toCalendar(parseDate(iso), calendarOf(wanted))

/** The day on the wall of the chosen zone. */
export const dayAt = (moment: string, wanted: Preferences): CalendarDate =>
  toCalendar(toCalendarDate(fromDate(new Date(moment), wanted.zone)), calendarOf(wanted))

/** The moment some days away at which the clock on the wall of a zone says the same: there may be a change of clocks between. */
export const sameTimeAfter = (days: number, from: { dueAt: string; zone: string }): string =>
  fromDate(new Date(from.dueAt), from.zone).add({ days }).toDate().toISOString()

const usualHour = 9

/** Nine in the morning of a day; where that is over, the next full hour. */
export function usualTimeOn(day: string, zone: string, now: Date): string {
  const morning = toZoned(toCalendarDateTime(parseDate(day), new Time(usualHour)), zone).toDate()
  const soon = new Date(now)
  soon.setUTCMinutes(60, 0, 0)
  const isToday = toCalendarDate(fromDate(now, zone)).toString() === day
  return (isToday && morning <= now ? soon : morning).toISOString()
}

/** One step back or forward. */
export function stepped(view: View, on: CalendarDate, by: 1 | -1): CalendarDate {
  return view === 'week' ? on.add({ weeks: by }) : startOfMonth(on).add({ months: by })
}
