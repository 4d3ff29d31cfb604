import {
  type CalendarDate,
  endOfMonth,
  fromDate,
  GregorianCalendar,
  parseDate,
  startOfMonth,
  startOfWeek,
  toCalendar,
  toCalendarDate,
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

/** One step back or forward. */
export function stepped(view: View, on: CalendarDate, by: 1 | -1): CalendarDate {
  return view === 'week' ? on.add({ weeks: by }) : startOfMonth(on).add({ months: by })
}
