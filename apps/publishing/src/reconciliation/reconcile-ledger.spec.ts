import { reconcileLedger } from '@hamava/contracts'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'

describe('reconciling the ledger', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  const reconcile = (query = {}) => world.client.send(reconcileLedger, world.call, query)
  const post = async (handle: string, text: string) => {
    const { token } = await world.network.account(handle, { keyed: 'readable' })
    await fetch(`${world.network.url}/posts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ text }),
    })
  }

  it('agrees with the networks, then finds a double, a loss and a false claim', async () => {
    const channel = await world.channel('audited', { keyed: 'readable' })
    const plans = [
      aPlan({ channelId: channel.id, parts: [part('سر رشته'), part('دنباله', 'thread')] }),
      aPlan({ channelId: channel.id, text: 'تنها' }),
      aPlan({ channelId: channel.id, text: 'ناپدید' }),
    ]
    await world.plan(...plans)
    for (const { publicationId } of plans) await world.reaches(publicationId, 'published')
    const clean = await reconcile()
    expect(clean).toMatchObject({
      states: { published: 3 },
      checkedParts: 4,
      duplicates: [],
      lost: [],
      falsePublished: [],
      unrecorded: [],
      duplicateRate: 0,
      lateness: { count: 3 },
    })

    await post('audited', 'تنها')
    await world.sql(
      `update publications set remote_id = 'gone',
      live_parts = jsonb_set(live_parts, '{0,id}', '"gone"') where id = $1`,
      [plans[2]?.publicationId],
    )
    await world.sql(
      `update publications set state = 'sending', due_at = due_at - interval '6 minutes', live_parts = '[]',
         next_attempt_at = now() + interval '1 h' where id = $1`,
      [plans[1]?.publicationId],
    )
    const found = await reconcile({ channelId: channel.id })
    const [, alone, vanished] = plans.map(({ publicationId }) => publicationId)
    expect(found.falsePublished).toMatchObject([{ publicationId: vanished, remoteId: 'gone' }])
    expect(found.lost).toMatchObject([{ publicationId: alone }])
    expect(found.unrecorded).toMatchObject([{ publicationId: alone }])
  })

  it('says which channels it could not read', async () => {
    const channel = await world.channel('secretive', { keyed: 'none' })
    const plan = aPlan({ channelId: channel.id })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'published')
    const { unread, checkedParts } = await reconcile({ channelId: channel.id })
    expect([unread.map(({ channelId }) => channelId), checkedParts]).toEqual([[channel.id], 0])
  })

  it('begins no sooner than the times that the API knows', async () => {
    const { from, states } = await reconcile({ to: '1970-01-01T06:00:00.000Z' })
    expect({ from, states }).toEqual({ from: '1970-01-01T00:00:00.000Z', states: {} })
  })

  it('refuses a span that is too long or ends before it begins', async () => {
    const day = (at: number) => new Date(Date.UTC(2027, 0, at)).toISOString()
    for (const [from, to] of [
      [day(1), day(40)],
      [day(2), day(1)],
    ]) {
      await expect(reconcile({ from, to })).rejects.toMatchObject({ code: 'span_too_long' })
    }
  })
})
