import { describe, expect, it } from '@jest/globals'
import { persianReader } from '../../language/reader.ts'
import { appointmentsOf, byDayOf } from './appointments.ts'
import { minuteOf, placedOn, snapped, timeOn } from './placing.ts'
import { dayOf, spanOf } from './span.ts'

const appointmentsAt = (...moments: string[]) =>
  appointmentsOf(
    moments.map((dueAt, at) => ({
      publicationId: `pub_${at}`,
      postId: `post_${at}`,
      channelId: 'ch_1',
      network: 'sandbox',
      dueAt,
      zone: 'Asia/Tehran',
      state: 'planned',
      excerpt: 'سلام',
    })),
  )

/** In short: minute, lane of lanes, how many. */
const drawn = (moments: string[], zone: string) =>
  placedOn(appointmentsAt(...moments), zone).map(({ start, lane, lanes, appointments }) => [
    start,
    `${lane + 1}/${lanes}`,
    appointments.length,
  ])

describe('on a day of the week', () => {
  it('what stands alone has the whole width, also right after another', () => {
    expect(drawn(['2026-11-22T08:00:00Z', '2026-11-22T09:00:00Z'], 'UTC')).toEqual([
      [480, '1/1', 1],
      [540, '1/1', 1],
    ])
  })

  it('two that would cover each other stand side by side, and so does what hangs on them', () => {
    const moments = ['2026-11-22T08:00:00Z', '2026-11-22T08:45:00Z', '2026-11-22T09:15:00Z']
    expect(drawn([...moments, '2026-11-22T12:00:00Z'], 'UTC')).toEqual([
      [480, '1/2', 1],
      [525, '2/2', 1],
      [555, '1/2', 1],
      [720, '1/1', 1],
    ])
  })

  it('more at the same time fold', () => {
    const moments = Array.from({ length: 5 }, () => '2026-11-22T08:00:00Z')
    expect(drawn(moments, 'UTC')).toEqual([
      [480, '1/2', 1],
      [480, '2/2', 4],
    ])
  })

  it('there is an end to what is drawn, and none is lost', () => {
    const minutes = Array.from({ length: 1_000 }, (_, at) => Math.floor(at * 1.44))
    const moments = minutes.map((minute) => `${timeOn('2026-11-22', minute)}:00Z`)
    const placed = placedOn(appointmentsAt(...moments), 'UTC')
    expect(placed.length).toBeLessThanOrEqual(48)
    expect(placed.flatMap(({ appointments }) => appointments)).toHaveLength(1_000)
  })

  it('the last minutes do not hang out of it', () => {
    expect(drawn(['2026-11-22T23:50:00Z'], 'UTC')).toEqual([[1_380, '1/1', 1]])
  })

  it('the wall of the zone that is looked at decides', () => {
    expect(minuteOf('2026-11-22T05:30:00Z', 'Asia/Tehran')).toBe(9 * 60)
    expect(minuteOf('2026-11-22T05:30:00Z', 'Asia/Tokyo')).toBe(14 * 60 + 30)
  })
})

describe('on a day on which the clocks change', () => {
  /** Every half hour of it, placed. */
  const everyHalfHour = (iso: string, zone: string) => {
    const wanted = { ...persianReader, zone }
    const week = spanOf('week', dayOf(iso, wanted), wanted)
    const from = Date.parse(week.from)
    const moments = Array.from({ length: 7 * 48 + 2 }, (_, at) => new Date(from + at * 1_800_000))
      .map((moment) => moment.toISOString())
      .filter((moment) => moment < week.to)
    const byDay = byDayOf(appointmentsAt(...moments), week, wanted)
    const placed = [...byDay].map(([day, all]) => [day, placedOn(all, zone)] as const)
    const onIt = placed.find(([day]) => day === iso)?.[1] ?? []
    return {
      asked: moments.length,
      found: placed.flatMap(([, all]) => all.flatMap(({ appointments }) => appointments)).length,
      minutes: onIt.flatMap(({ appointments }) =>
        appointments.map(({ dueAt }) => minuteOf(dueAt, zone)),
      ),
    }
  }

  it.each([
    ['2027-03-28', 'Europe/Berlin', 46],
    ['2027-10-31', 'Europe/Berlin', 50],
    // Until 2022, and there at midnight: the day begins at one, or its last hour comes twice.
    ['2022-03-22', 'Asia/Tehran', 46],
    ['2022-09-21', 'Asia/Tehran', 50],
  ])('none is lost: %s in %s', (iso, zone, halfHours) => {
    const { asked, found, minutes } = everyHalfHour(iso, zone)
    expect(found).toBe(asked)
    expect(minutes).toHaveLength(halfHours)
  })

  it('nothing stands in an hour that is not there', () => {
    const { minutes } = everyHalfHour('2027-03-28', 'Europe/Berlin')
    expect(minutes.filter((minute) => minute >= 120 && minute < 180)).toEqual([])
    const inTehran = everyHalfHour('2022-03-22', 'Asia/Tehran')
    expect(Math.min(...inTehran.minutes)).toBe(60)
  })

  it('both of an hour that comes twice stand in it', () => {
    // Half past two in summer, and again in winter.
    expect(drawn(['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z'], 'Europe/Berlin')).toEqual([
      [150, '1/2', 1],
      [150, '2/2', 1],
    ])
  })
})

describe('a time to drop on', () => {
  it('is the nearest quarter, within the day', () => {
    expect([-20, 7, 8, 562, 1_439].map(snapped)).toEqual([0, 0, 15, 555, 1_425])
    expect(timeOn('2026-11-22', 555)).toBe('2026-11-22T09:15')
  })
})
