import { describe, expect, it } from '@jest/globals'
import {
  formatDate,
  formatDuration,
  formatMoment,
  formatMonth,
  formatNumber,
  formatOtherCalendarDay,
  formatTime,
} from './dates.ts'
import type { Preferences } from './preferences.ts'
import { persianReader as persian } from './reader.ts'

const english: Preferences = { ...persian, language: 'en', calendar: 'gregory', digits: 'latn' }
const moment = '2026-11-22T17:35:00Z'

describe('dates', () => {
  it('are written in the order that Persian readers use', () => {
    expect(formatDate(moment, persian)).toBe('یکشنبه ۱ آذر ۱۴۰۵')
    expect(formatMonth(moment, persian)).toBe('آذر ۱۴۰۵')
    expect(formatMoment(moment, persian)).toBe('یکشنبه ۱ آذر ۱۴۰۵، ۲۱:۰۵')
  })

  it('are written in English with either calendar, without an era', () => {
    expect(formatDate(moment, english)).toBe('Sunday 22 November 2026')
    expect(formatDate(moment, { ...english, calendar: 'persian' })).toBe('Sunday 1 Azar 1405')
    expect(formatMonth(moment, { ...english, calendar: 'persian' })).toBe('Azar 1405')
  })

  it('are Persian words with a Gregorian calendar, when that is chosen', () => {
    expect(formatDate(moment, { ...persian, calendar: 'gregory' })).toBe('یکشنبه ۲۲ نوامبر ۲۰۲۶')
  })

  it('take the digits that were chosen, whatever the language', () => {
    expect(formatTime(moment, { ...persian, digits: 'latn' })).toBe('21:05')
    expect(formatTime(moment, { ...english, digits: 'arabext' })).toBe('۲۱:۰۵')
    expect(formatNumber(1234, { ...persian, digits: 'latn' })).toBe('1,234')
    expect(formatNumber(12, persian)).toBe('۱۲')
  })

  it('show the day in the other calendar beside', () => {
    expect(formatOtherCalendarDay(moment, persian)).toBe('۲۲ نوامبر')
    expect(formatOtherCalendarDay(moment, english)).toBe('1 Azar')
  })

  it('follow the zone: midnight in Tehran is still the day before in London', () => {
    const midnight = '2026-11-22T20:45:00Z'
    expect(formatDate(midnight, persian, { weekday: false })).toBe('۲ آذر ۱۴۰۵')
    expect(formatDate(midnight, { ...persian, zone: 'Europe/London' }, { weekday: false })).toBe(
      '۱ آذر ۱۴۰۵',
    )
  })

  it('say a duration in the units that people use, and thousandths only where they count', () => {
    expect(formatDuration(10_800_000, english)).toBe('3 hours')
    expect(formatDuration(3_725_000, english)).toBe('1 hour 2 minutes')
    expect(formatDuration(1_340, english)).toBe('1 second')
    expect(formatDuration(340, english)).toBe('340 milliseconds')
    expect(formatDuration(0, english)).toBe('0 milliseconds')
    expect(formatDuration(90_000, persian)).toBe('۱ دقیقه و ۳۰ ثانیه')
    expect(formatDuration(86_400_000 * 2 + 3_600_000, persian)).toBe('۲ روز و ۱ ساعت')
  })
})
