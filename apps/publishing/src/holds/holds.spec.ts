import {
  type Channel,
  type Hold,
  type HoldScope,
  listHolds,
  listPublications,
  placeHold,
  releaseHold,
  reschedulePublications,
  setLatePolicy,
} from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, type TestWorld, testWorld } from '../testing/world.ts'

describe('a hold', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterEach(async () => {
    // What one test leaves closed after a failure would stop all that come after it.
    const { items } = await world.client.send(listHolds, world.call, { active: 'true' })
    for (const hold of items) await release(hold)
  })
  afterAll(() => world?.close())

  const place = (scope: HoldScope, more: { until?: string } = {}) =>
    world.client.send(placeHold, world.call, { scope, reason: 'سوگواری', ...more })
  const release = ({ id }: Hold) => world.client.send(releaseHold, world.call, { id })
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
  const stateOf = async (id: string) => (await world.publication(id)).state

  it('lets nothing leave that its answer did not list, placed in the midst of a burst', async () => {
    const channels: Channel[] = []
    for (let at = 0; at < 60; at++) {
      channels.push(await world.channel(`burst_${at}`, { keyed: 'none' }))
    }
    await world.addReplica()
    await world.network.fault({ kind: 'latency', ms: 30 })
    const plans = channels.flatMap(({ id }) =>
      Array.from({ length: 4 }, () => aPlan({ channelId: id, inMs: 300 })),
    )
    await world.plan(...plans)
    await eventually('the burst has begun', async () => {
      const rows = await world.sql(`select 1 from publications where state = 'published' limit 1`)
      return rows.length > 0
    })
    const { hold, alreadySending } = await place({ kind: 'workspace' })
    const before = await world.sql<{ id: string }>(
      `select id from publications where state = 'published'`,
    )
    const allowed = new Set([
      ...alreadySending.map((one) => one.publicationId),
      ...before.map(({ id }) => id),
    ])
    // On a busy machine an answer can come too late: what is in doubt settles in its own time, and
    // on a server without keys may stay unconfirmed.
    const settled = (what: string, done: string[]) =>
      eventually(
        what,
        async () => {
          const rows = await world.sql(
            `select 1 from publications where state <> all($1) limit 1`,
            [done],
          )
          return rows.length === 0
        },
        45_000,
      )
    const live = async () => {
      const shown = await Promise.all(channels.map((_, at) => world.network.live(`burst_${at}`)))
      return shown.flat().map(({ idempotencyKey }) => String(idempotencyKey).split('-')[0] ?? '')
    }
    await settled('nothing is under way', ['published', 'unconfirmed', 'held'])
    await world.network.clearFaults()
    const left = await live()
    expect(left.filter((id) => !allowed.has(id))).toEqual([])
    const held = await world.sql(`select 1 from publications where state = 'held'`)
    expect(held.length).toBeGreaterThan(0)

    const released = await release(hold)
    expect(released).toMatchObject({ resumed: held.length, skipped: 0 })
    await settled('the rest is published', ['published', 'unconfirmed'])
    const whole = await live()
    expect(whole).toHaveLength(new Set(whole).size)
    const published = await world.sql<{ id: string }>(
      `select id from publications where state = 'published'`,
    )
    expect(published.filter(({ id }) => !whole.includes(id))).toEqual([])
    expect(whole.length).toBeGreaterThan(left.length)
  })

  it('stops its channel alone, and tells who waits that it is held', async () => {
    const [stopped, free] = [await world.channel('stopped'), await world.channel('free')]
    const { hold } = await place({ kind: 'channel', channelId: stopped.id })
    const plans = [aPlan({ channelId: stopped.id }), aPlan({ channelId: free.id })] as const
    await world.plan(...plans)
    await world.reaches(plans[1].publicationId, 'published')
    const held = await world.reaches(plans[0].publicationId, 'held')
    expect(held).toMatchObject({ holdId: hold.id, reason: { code: 'held_back' } })
    const listed = await world.client.send(listPublications, world.call, { holdId: hold.id })
    expect(listed.items.map(({ id }) => id)).toEqual([plans[0].publicationId])
    await release(hold)
    await world.reaches(plans[0].publicationId, 'published')
    await expect(release(hold)).rejects.toMatchObject({ code: 'hold_ended' })
  })

  it('stops a campaign, and warns what is planned for later', async () => {
    const { id: channelId } = await world.channel('campaign')
    const plan = { ...aPlan({ channelId, inMs: 3_600_000 }), campaignId: 'yalda' }
    await world.plan(plan)
    const { hold } = await place({ kind: 'campaign', campaignId: 'yalda' })
    const atRisk = () => world.client.send(listPublications, world.call, { risk: 'channel_held' })
    await eventually('it is at risk', async () => (await atRisk()).items.length === 1)
    await release(hold)
    await eventually('it is at risk no more', async () => (await atRisk()).items.length === 0)
    expect(await stateOf(plan.publicationId)).toBe('planned')
  })

  it('ends by itself when its time is over', async () => {
    const { id: channelId } = await world.channel('timed')
    await place({ kind: 'channel', channelId }, { until: soon(1_500) })
    const plan = aPlan({ channelId })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'published')
    const { items } = await world.client.send(listHolds, world.call, { active: 'true' })
    expect(
      items.filter(({ scope }) => 'channelId' in scope && scope.channelId === channelId),
    ).toEqual([])
    await expect(
      place({ kind: 'channel', channelId }, { until: soon(-1_000) }),
    ).rejects.toMatchObject({ code: 'hold_until_past' })
  })

  it('skips on its release what is too late, and the skipped get a new time in their order', async () => {
    await world.client.send(setLatePolicy, world.call, { lateMinutes: 5 })
    const { id: channelId } = await world.channel('skipped')
    const { hold } = await place({ kind: 'channel', channelId })
    const plans = [1, 2, 3].map((at) => aPlan({ channelId, text: `نوبت ${at}`, inMs: at }))
    await world.plan(...plans)
    for (const { publicationId } of plans) await world.reaches(publicationId, 'held')
    await world.sql(
      `update publications set due_at = due_at - interval '6 minutes' where channel_id = $1`,
      [channelId],
    )
    const released = await release(hold)
    const ids = plans.map(({ publicationId }) => publicationId)
    expect(released).toMatchObject({ resumed: 0, skipped: 3, skippedIds: ids.toSorted() })
    for (const id of ids) {
      const missed = await world.publication(id)
      expect(missed.state).toBe('missed')
      expect(missed.reason?.message.en).toContain('within 5 minutes')
    }
    const moved = await world.client.send(reschedulePublications, world.call, {
      publicationIds: ids.toReversed(),
      at: soon(300),
      everySeconds: 1,
    })
    expect(moved).toMatchObject({ done: ids.toSorted(), tooLate: [] })
    for (const id of ids) await world.reaches(id, 'published')
    const live = await world.network.live('skipped')
    expect(live.map(({ text }) => text)).toEqual(['نوبت 1', 'نوبت 2', 'نوبت 3'])
    const again = await world.client.send(reschedulePublications, world.call, {
      publicationIds: ids,
      at: soon(1_000),
    })
    expect(again.tooLate.map(({ state }) => state)).toEqual(['published', 'published', 'published'])
  })

  it('may not be wider than the channels of who places it', async () => {
    const { id: channelId } = await world.channel('mine')
    const kept = { ...world.call, channelIds: [channelId] }
    const reason = 'x'
    await expect(
      world.client.send(placeHold, kept, { scope: { kind: 'workspace' }, reason }),
    ).rejects.toMatchObject({ code: 'all_channels_needed' })
    const { hold } = await world.client.send(placeHold, kept, {
      scope: { kind: 'channel', channelId },
      reason,
    })
    await release(hold)
  })
})
