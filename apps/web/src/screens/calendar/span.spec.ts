import { describe, expect, it } from '@jest/globals'
import type { Preferences } from '../../language/preferences.ts'
import { persianReader as persian } from '../../language/reader.ts'
import { momentOf } from '../../language/wall-time.ts'
import {
  dayAt,
  dayOf,
  givenTo,
  isoOf,
  movedTo,
  sameTimeAfter,
  spanOf,
  stepped,
  usualTimeOn,
} from './span.ts'

const english: Preferences = { ...persian, language: 'en', calendar: 'gregory' }

describe('the span of a view', () => {
  it('begins on Saturday in Persian and on Monday in English', () => {
    const first = (wanted: Preferences) =>
      spanOf('week', dayOf('2026-11-22', wanted), wanted).days[0]
    expect(isoOf(first(persian) as never)).toBe('2026-11-21')
    expect(isoOf(first(english) as never)).toBe('2026-11-16')
  })

  it('covers a Jalali month with the days around it, whole weeks', () => {
    const { days, from, to } = spanOf('month', dayOf('2026-11-22', persian), persian)
    expect(days.length % 7).toBe(0)
    expect(isoOf(days[0] as never)).toBe('2026-11-21')
    expect(from).toBe('2026-11-20T20:30:00.000Z')
    expect(new Date(to).getTime()).toBeGreaterThan(new Date('2026-12-21').getTime())
  })

  it.each([
    ['1403', '2025-03-01', 30],
    ['1404', '2026-03-01', 29],
    ['1408', '2030-03-01', 30],
  ])('knows how long Esfand of %s is', (_, iso, length) => {
    expect(spanOf('list', dayOf(iso, persian), persian).days).toHaveLength(length)
  })

  it('steps over Nowruz', () => {
    const next = stepped('month', dayOf('2026-03-10', persian), 1)
    expect([next.year, next.month, next.day]).toEqual([1405, 1, 1])
    const back = stepped('month', next, -1)
    expect([back.year, back.month]).toEqual([1404, 12])
  })

  it('puts a moment on the day of the zone', () => {
    expect(isoOf(dayAt('2026-11-22T21:00:00Z', persian))).toBe('2026-11-23')
    expect(isoOf(dayAt('2026-11-22T21:00:00Z', { ...persian, zone: 'UTC' }))).toBe('2026-11-22')
  })
})

describe('a day in the Persian calendar', () => {
  it('has the midnights of its zone, also when its clocks change', () => {
    const wanted = { ...persian, zone: 'Europe/Berlin' }
    const week = spanOf('week', dayOf('2027-03-28', wanted), wanted)
    const midnights = week.days.slice(0, 3).map((day) => momentOf(day, wanted.zone).toISOString())
    expect(midnights).toEqual([
      '2027-03-26T23:00:00.000Z',
      '2027-03-27T23:00:00.000Z',
      '2027-03-28T22:00:00.000Z',
    ])
  })
})

describe('a time of day', () => {
  it('is the same one on another day, though the clocks change between', () => {
    const from = { dueAt: '2027-03-27T08:00:00.000Z', zone: 'Europe/Berlin' }
    expect(sameTimeAfter(1, from)).toBe('2027-03-28T07:00:00.000Z')
    expect(sameTimeAfter(-1, from)).toBe('2027-03-26T08:00:00.000Z')
  })

  it('belongs to the zone of the post, whatever day it is for the one who looks', () => {
    // Half past midnight in Tehran; there it is still the evening before.
    const from = { dueAt: '2026-11-22T21:00:00.000Z', zone: 'UTC' }
    expect(sameTimeAfter(3, from)).toBe('2026-11-25T21:00:00.000Z')
  })

  it('is nine in the morning for what had none, and soon where that is over', () => {
    const now = new Date('2026-11-22T08:20:00Z')
    expect(usualTimeOn('2026-11-23', 'Asia/Tehran', now)).toBe('2026-11-23T05:30:00.000Z')
    expect(usualTimeOn('2026-11-22', 'Asia/Tehran', now)).toBe('2026-11-22T09:00:00.000Z')
    const early = new Date('2026-11-22T02:20:00Z')
    expect(usualTimeOn('2026-11-22', 'Asia/Tehran', early)).toBe('2026-11-22T05:30:00.000Z')
  })

  it('that is given in the zone that is looked at is the moment there', () => {
    const from = { dueAt: '2026-11-22T05:30:00.000Z', zone: 'Asia/Tehran' }
    const inTokyo = { ...persian, zone: 'Asia/Tokyo' }
    expect(movedTo('2026-11-25T20:30', from, inTokyo)).toBe('2026-11-25T11:30:00.000Z')
    expect(movedTo('2026-11-25', from, inTokyo)).toBe('2026-11-25T05:30:00.000Z')
    const now = new Date('2026-11-20T00:00:00Z')
    expect(givenTo('2026-11-25T20:30', 'Asia/Tokyo', now)).toBe('2026-11-25T11:30:00.000Z')
    expect(givenTo('2026-11-25', 'Asia/Tokyo', now)).toBe('2026-11-25T00:00:00.000Z')
  })

  it('that the clocks leave out is the one after it', () => {
    const from = { dueAt: '2027-03-27T08:00:00.000Z', zone: 'Europe/Berlin' }
    const inBerlin = { ...persian, zone: 'Europe/Berlin' }
    expect(movedTo('2027-03-28T02:30', from, inBerlin)).toBe('2027-03-28T01:30:00.000Z')
  })
})
