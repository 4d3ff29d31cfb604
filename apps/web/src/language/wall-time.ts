import {
  type CalendarDate,
  type CalendarDateTime,
  fromDate,
  GregorianCalendar,
  PersianCalendar,
  parseDateTime,
  toCalendar,
  toCalendarDateTime,
  toZoned,
  type ZonedDateTime,
} from '@internationalized/date'
import type { Preferences } from './preferences.ts'

const calendars = { persian: new PersianCalendar(), gregory: new GregorianCalendar() }

export const calendarOf = ({ calendar }: Pick<Preferences, 'calendar'>) => calendars[calendar]

/** The wall time as contracts write it, always Gregorian: `2026-11-22T20:30`. */
export function wallTimeOf(value: CalendarDateTime | ZonedDateTime): string {
  const { year, month, day, hour, minute } = toCalendar(
    toCalendarDateTime(value),
    calendars.gregory,
  )
  const two = (part: number) => String(part).padStart(2, '0')
  // While a year is being typed, it may have fewer than four digits.
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}

/** A moment on the wall of a zone, as contracts write it. */
export const wallTimeAt = (moment: string, zone: string): string =>
  wallTimeOf(fromDate(new Date(moment), zone))

/**
 * The moment of a day or a wall time in any calendar. The library finds it in the Gregorian one only: in the others it is
 * an hour off around a change of clocks.
 */
export const momentOf = (wall: CalendarDate | CalendarDateTime, zone: string): Date =>
  toCalendar(wall, calendars.gregory).toDate(zone)

/** The moment of a wall time, as contracts write it. */
export const wallMomentAt = (local: string, zone: string): Date =>
  toZoned(parseDateTime(local), zone).toDate()

/** A moment as it is on the wall of the chosen zone, in the chosen calendar. */
export const wallMoment = (moment: Date, wanted: Preferences): ZonedDateTime =>
  toCalendar(fromDate(moment, wanted.zone), calendarOf(wanted))
