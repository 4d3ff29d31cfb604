import {
  type CalendarDate,
  type CalendarDateTime,
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
import { calendarOf, momentOf, wallMoment, wallMomentAt } from '../../language/wall-time.ts'

export type View = 'month' | 'week' | 'list'

/** The days that a view shows, in the chosen calendar. */
export interface Span {
  /** The day that it is about. */
  on: CalendarDate
  days: CalendarDate[]
  /** The moments at which the span begins and ends. */
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
    from: momentOf(start, wanted.zone).toISOString(),
    to: momentOf(start.add({ days: count }), wanted.zone).toISOString(),
  }
}

/** Where a post can be moved to: a day, or a day and a time. */
export type Place = CalendarDate | CalendarDateTime

export const hasTime = (place: Place): place is CalendarDateTime => 'hour' in place

/** Cards move in steps of this many minutes. */
export const stepMinutes = 15

/** `2026-11-22`, or `2026-11-22T20:30`: as it stands in addresses and in wall times. */
export const isoOf = (place: Place): string => toCalendar(place, gregorian).toString().slice(0, 16)

export const dayOf = (iso: string, wanted: Preferences): CalendarDate =>
  toCalendar(parseDate(iso), calendarOf(wanted))

/** The day of a moment in the chosen zone. */
export const dayAt = (moment: string, wanted: Preferences): CalendarDate =>
  toCalendar(toCalendarDate(fromDate(new Date(moment), wanted.zone)), calendarOf(wanted))

/** The day and time of a moment in the chosen zone. */
export const timeAt = (moment: string, wanted: Preferences): CalendarDateTime =>
  toCalendarDateTime(wallMoment(new Date(moment), wanted))

/** The moment some days later at the same wall time of a zone: the clocks may change in between. */
export const sameTimeAfter = (days: number, from: { dueAt: string; zone: string }): string =>
  fromDate(new Date(from.dueAt), from.zone).add({ days }).toDate().toISOString()

/** The new moment of a moved post: that of a day and a time, or its own wall time on another day. */
export function movedTo(
  to: string,
  from: { dueAt: string; zone: string },
  wanted: Preferences,
): string {
  if (isTime(to)) return wallMomentAt(to, wanted.zone).toISOString()
  return sameTimeAfter(dayOf(to, wanted).compare(dayAt(from.dueAt, wanted)), from)
}

/** The moment that a post without a time gets. */
export const givenTo = (to: string, zone: string, now: Date): string =>
  isTime(to) ? wallMomentAt(to, zone).toISOString() : usualTimeOn(to, zone, now)

const isTime = (to: string) => to.includes('T')

const usualHour = 9

/** Nine in the morning of a day; if that is past today, the next full hour. */
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
