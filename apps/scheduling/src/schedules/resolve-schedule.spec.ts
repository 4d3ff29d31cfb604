import { describe, expect, it } from '@jest/globals'
import { resolveSchedule } from './resolve-schedule.ts'

const now = new Date('2026-03-01T00:00:00Z')
const inZone = (local: string, zone: string) => resolveSchedule({ local, zone }, now)

describe('a schedule', () => {
  it.each([
    ['a plain day in Tehran', '2026-11-22T20:30', 'Asia/Tehran', '2026-11-22T17:00:00.000Z', null],
    [
      'Nowruz in Tehran, where the clocks no longer change',
      '2027-03-22T00:30',
      'Asia/Tehran',
      '2027-03-21T21:00:00.000Z',
      null,
    ],
    [
      'half hours and seconds',
      '2026-07-01T09:15:30',
      'Asia/Kolkata',
      '2026-07-01T03:45:30.000Z',
      null,
    ],
    [
      'the hour that Berlin skips',
      '2026-03-29T02:30',
      'Europe/Berlin',
      '2026-03-29T01:30:00.000Z',
      'gap',
    ],
    [
      'the hour that Berlin has twice',
      '2026-10-25T02:30',
      'Europe/Berlin',
      '2026-10-25T00:30:00.000Z',
      'overlap',
    ],
    [
      'the hour that New York skips',
      '2027-03-14T02:10',
      'America/New_York',
      '2027-03-14T07:10:00.000Z',
      'gap',
    ],
    [
      'the half hour that Lord Howe skips',
      '2026-10-04T02:15',
      'Australia/Lord_Howe',
      '2026-10-03T15:45:00.000Z',
      'gap',
    ],
    [
      'a midnight that Beirut skips',
      '2026-03-29T00:00',
      'Asia/Beirut',
      '2026-03-28T22:00:00.000Z',
      'gap',
    ],
  ])('knows %s', (_name, local, zone, dueAt, adjusted) => {
    expect(inZone(local, zone)).toEqual({ kind: 'local', local, zone, dueAt, adjusted })
  })

  it('takes an instant with any offset', () => {
    expect(resolveSchedule({ at: '2026-11-22T20:30:00+03:30' }, now)).toEqual({
      kind: 'at',
      local: '2026-11-22T17:00:00',
      zone: 'UTC',
      dueAt: '2026-11-22T17:00:00.000Z',
      adjusted: null,
    })
  })

  it('means this moment by now', () => {
    expect(resolveSchedule({ now: true }, now).dueAt).toBe('2026-03-01T00:00:00.000Z')
  })

  it('refuses a past date and one in the far future', () => {
    const code = (local: string) => {
      try {
        return inZone(local, 'UTC').dueAt
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    expect(code('2020-01-01T00:00')).toBe('schedule_in_past')
    expect(code('2026-02-28T23:58')).toBe('schedule_in_past')
    expect(code('2026-02-28T23:59:30')).toBe('2026-02-28T23:59:30.000Z')
    expect(code('2040-01-01T00:00')).toBe('schedule_too_far')
  })

  it('is the same wherever the server stands', () => {
    const before = process.env.TZ
    try {
      const everywhere = ['UTC', 'Asia/Tehran', 'America/Los_Angeles', 'Pacific/Kiritimati'].map(
        (zone) => {
          process.env.TZ = zone
          return inZone('2026-10-25T02:30', 'Europe/Berlin').dueAt
        },
      )
      expect(new Set(everywhere).size).toBe(1)
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })
})
