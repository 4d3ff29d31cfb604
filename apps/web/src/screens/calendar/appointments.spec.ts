import { describe, expect, it } from '@jest/globals'
import type { CalendarEntry } from '../../api/types.ts'
import { persianReader } from '../../language/reader.ts'
import { appointmentsOf, byDayOf, canMove, isAskedFor, statesOf } from './appointments.ts'
import { dayOf, spanOf } from './span.ts'

const entry = (change: Partial<CalendarEntry>): CalendarEntry => ({
  publicationId: 'pub_1',
  postId: 'post_1',
  channelId: 'ch_1',
  network: 'sandbox',
  dueAt: '2026-11-22T09:00:00Z',
  zone: 'Asia/Tehran',
  state: 'planned',
  excerpt: 'سلام',
  ...change,
})

describe('appointments', () => {
  it('gather the channels of a post at one time, and show what most needs to be seen', () => {
    const found = appointmentsOf([
      entry({}),
      entry({ network: 'mastodon', state: 'failed' }),
      entry({ network: 'mastodon', state: 'published' }),
      entry({ postId: 'post_2', dueAt: '2026-11-22T08:00:00Z' }),
    ])
    expect(found.map(({ postId }) => postId)).toEqual(['post_2', 'post_1'])
    expect(found[1]).toMatchObject({ networks: ['sandbox', 'mastodon'], state: 'failed' })
  })

  it('say that they wait for approval, unless something else is more urgent', () => {
    const waiting = entry({ awaitsApproval: true })
    const missed = entry({ postId: 'post_2', awaitsApproval: true, state: 'missed' })
    expect(statesOf(appointmentsOf([waiting, missed]))).toEqual(['missed', 'in_review'])
    const network = undefined
    expect(isAskedFor(waiting, { state: 'in_review', network })).toBe(true)
    expect(isAskedFor(waiting, { state: 'planned', network })).toBe(false)
    expect(isAskedFor(waiting, { state: undefined, network: 'mastodon' })).toBe(false)
  })

  it('can be moved only while nothing of them has left', () => {
    const [planned] = appointmentsOf([entry({})])
    const [begun] = appointmentsOf([entry({}), entry({ state: 'published' })])
    expect(planned && canMove(planned)).toBe(true)
    expect(begun && canMove(begun)).toBe(false)
  })

  it('are on the day of the zone, and nowhere outside of the span', () => {
    const week = spanOf('week', dayOf('2026-11-22', persianReader), persianReader)
    const found = appointmentsOf(
      [
        '2026-11-20T20:29:59Z',
        '2026-11-22T20:29:59Z',
        '2026-11-22T20:30:00Z',
        '2026-11-27T20:30:00Z',
      ].map((dueAt) => entry({ dueAt })),
    )
    const days = [...byDayOf(found, week, persianReader)]
    expect(days.map(([day, all]) => [day, all.map(({ dueAt }) => dueAt)])).toEqual([
      ['2026-11-22', ['2026-11-22T20:29:59Z']],
      ['2026-11-23', ['2026-11-22T20:30:00Z']],
    ])
    expect(byDayOf([], week, persianReader).size).toBe(0)
  })
})
