import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { resolveSchedule } from './resolve-schedule.ts'

const now = new Date('2026-11-01T00:00:00Z')
const lastDay = Date.parse('2031-10-01T00:00:00Z')
const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
const moment = fc
  .integer({ min: Math.ceil(now.getTime() / 60_000) + 1440, max: lastDay / 60_000 })
  .map((minutes) => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000))
const wallOf = (instant: Temporal.Instant, of: string) =>
  instant.toZonedDateTimeISO(of).toPlainDateTime()
const resolve = (local: Temporal.PlainDateTime, of: string) =>
  resolveSchedule({ local: local.toString({ smallestUnit: 'minute' }), zone: of }, now)

describe('wall times of all zones', () => {
  it('come back as what they were, but for those that the clocks skip', () => {
    fc.assert(
      fc.property(moment, zone, (instant, of) => {
        const local = wallOf(instant, of)
        const { dueAt, adjusted } = resolve(local, of)
        const back = wallOf(Temporal.Instant.from(dueAt), of)
        if (adjusted === 'gap') expect(Temporal.PlainDateTime.compare(back, local)).toBe(1)
        else expect(back.toString()).toBe(local.toString())
      }),
      { numRuns: 500 },
    )
  })

  it('name the instant that was meant, or the first of two', () => {
    fc.assert(
      fc.property(moment, zone, (instant, of) => {
        const { dueAt, adjusted } = resolve(wallOf(instant, of), of)
        const due = Temporal.Instant.from(dueAt)
        if (adjusted === null) expect(due.equals(instant)).toBe(true)
        else expect(Temporal.Instant.compare(due, instant)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })

  it('fall where people expect at every change of every clock in ten years', () => {
    const end = Temporal.Instant.from('2031-10-01T00:00:00Z')
    let changes = 0
    for (const of of Intl.supportedValuesOf('timeZone')) {
      let at = Temporal.Instant.from('2026-11-03T00:00:00Z').toZonedDateTimeISO(of)
      for (;;) {
        const change = at.getTimeZoneTransition('next')
        if (!change || Temporal.Instant.compare(change.toInstant(), end) > 0) break
        const before = change.toInstant().subtract({ milliseconds: 1 }).toZonedDateTimeISO(of)
        const shiftMs = (change.offsetNanoseconds - before.offsetNanoseconds) / 1e6
        if (shiftMs !== 0) {
          changes += 1
          // Forward: the last minute that is skipped lands as far behind the change. Back: the first of two.
          const minutes = shiftMs > 0 ? -1 : 1
          const { dueAt, adjusted } = resolve(change.toPlainDateTime().add({ minutes }), of)
          expect(adjusted).toBe(shiftMs > 0 ? 'gap' : 'overlap')
          expect(Date.parse(dueAt) - change.epochMilliseconds).toBe(shiftMs + minutes * 60_000)
        }
        at = change
      }
    }
    expect(changes).toBeGreaterThan(500)
  })
})
