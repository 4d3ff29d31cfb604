import {
  listPublications,
  removeChannel,
  resolvePublication,
  retryPublication,
} from '@hamava/contracts'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'

const hour = 3_600_000

describe('removing a channel', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  const remove = (id: string) => world.client.send(removeChannel, world.call, { id })
  const texts = async (handle: string) => (await world.network.live(handle)).map(({ text }) => text)
  const told = async (id: string) => {
    const rows = await world.sql<{ state: string }>(
      `select body->'after'->>'state' as state from outbox
       where event = 'publishing.publication.changed.v1' and body->>'publicationId' = $1 order by seq`,
      [id],
    )
    return rows.map(({ state }) => state)
  }

  it('is refused while something is to go out there', async () => {
    const { id } = await world.channel('in_use')
    const plan = aPlan({ channelId: id, inMs: hour })
    await world.plan(plan)
    await expect(remove(id)).rejects.toMatchObject({ code: 'channel_in_use' })
    await world.cancel(plan)
    await remove(id)
    await expect(remove(id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('ends what was held for want of access: nothing old goes out when the account is back', async () => {
    const { id, handle } = await world.channel('gone_and_back')
    await world.network.fault({ kind: 'revoke_tokens', handle: 'gone_and_back' })
    const plans = [aPlan({ channelId: id, text: 'یک' }), aPlan({ channelId: id, text: 'دو' })]
    await world.plan(...plans)
    for (const { publicationId } of plans) await world.reaches(publicationId, 'held')
    await remove(id)
    expect((await world.channel('gone_and_back')).id).toBe(id)
    const fresh = aPlan({ channelId: id, text: 'تازه' })
    await world.plan(fresh)
    await world.reaches(fresh.publicationId, 'published')
    expect(await texts('gone_and_back')).toEqual(['تازه'])
    for (const { publicationId } of plans) {
      const ended = await world.publication(publicationId)
      expect(ended).toMatchObject({ state: 'cancelled', reason: { code: 'channel_removed' } })
      expect(ended.reason?.message.en).toContain(`${handle} was removed`)
      expect(await told(publicationId)).toContain('cancelled')
    }
  })

  it('leaves nothing that waits for a person but what may be live, and that names the channel', async () => {
    const { id, handle } = await world.channel('cleared', { keyed: 'none' })
    const failed = aPlan({ channelId: id, text: 'ب'.repeat(1001) })
    const missed = aPlan({ channelId: id, inMs: -16 * 60_000 })
    const half = aPlan({ channelId: id, parts: [part('سر'), part('ب'.repeat(1001), 'thread')] })
    await world.plan(failed, missed, half)
    await world.reaches(failed.publicationId, 'failed')
    await world.reaches(missed.publicationId, 'missed')
    await world.reaches(half.publicationId, 'failed')
    await world.network.fault({ kind: 'drop_reply', handle: 'cleared', times: 1 })
    const unsure = aPlan({ channelId: id, text: 'نامعلوم' })
    await world.plan(unsure)
    await world.reaches(unsure.publicationId, 'unconfirmed')
    await remove(id)

    const query = { channelId: id, limit: 100 }
    const { items } = await world.client.send(listPublications, world.call, query)
    const stateOf = new Map(items.map((one) => [one.id, one.state]))
    expect(
      [failed, missed, half, unsure].map(({ publicationId }) => stateOf.get(publicationId)),
    ).toEqual(['cancelled', 'cancelled', 'published', 'unconfirmed'])
    const { reason } = await world.publication(unsure.publicationId)
    expect(reason?.message.en).toContain(handle)
    const settled = await world.client.send(resolvePublication, world.call, {
      id: unsure.publicationId,
      resolution: { action: 'accept_as_it_is' },
    })
    expect(settled).toMatchObject({ state: 'cancelled', reason: { code: 'left_in_doubt' } })
  })

  it('lets what is planned for it afterwards fail by name, until a person asks for it', async () => {
    const { id, handle } = await world.channel('late_plans')
    await remove(id)
    const late = aPlan({ channelId: id, text: 'دیر' })
    await world.plan(late)
    const failed = await world.reaches(late.publicationId, 'failed')
    expect(failed.reason?.message.en).toBe(`The channel ${handle} was removed.`)
    await world.channel('late_plans')
    const fresh = aPlan({ channelId: id, text: 'تازه' })
    await world.plan(fresh)
    await world.reaches(fresh.publicationId, 'published')
    expect((await world.publication(late.publicationId)).state).toBe('failed')
    await world.client.send(retryPublication, world.call, { id: late.publicationId })
    await world.reaches(late.publicationId, 'published')
  })
})
