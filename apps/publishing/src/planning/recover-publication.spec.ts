import { type Resolution, reconcileLedger, resolvePublication } from '@hamava/contracts'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'

const tooLong = 'ب'.repeat(1001)

describe('a publication that is stuck', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  const resolve = (id: string, resolution: Resolution) =>
    world.client.send(resolvePublication, world.call, { id, resolution })
  const texts = async (handle: string) => (await world.network.live(handle)).map(({ text }) => text)
  const events = async (id: string) => {
    const rows = await world.sql<{ event: string }>(
      `select event from outbox where body->>'publicationId' = $1 order by seq`,
      [id],
    )
    return rows.map(({ event }) => event)
  }

  /** A thread whose second part is refused for good. */
  async function half(handle: string, second = tooLong) {
    const channel = await world.channel(handle)
    const parts = [part('سر'), part(second, 'thread'), part('سه', 'thread')]
    const plan = aPlan({ channelId: channel.id, parts })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'failed')
    return plan
  }

  async function deleteFirst(handle: string) {
    await world.network.clearFaults()
    const [first] = await world.network.live(handle)
    await world.network.remove(handle, first?.id ?? '')
  }

  /** A thread whose beginning somebody deleted at the network before the second part came. */
  async function orphan(handle: string) {
    const channel = await world.channel(handle)
    const plan = aPlan({ channelId: channel.id, parts: [part('سر'), part('دو', 'thread')] })
    const fault = (kind: string, more: object) => world.network.fault({ kind, handle, ...more })
    // Slow enough that the second part is refused for now before it is let through.
    await fault('latency', { ms: 150 })
    const end = world.network.onRequest(({ idempotencyKey }, when) => {
      if (when !== 'is answered') return
      if (idempotencyKey?.startsWith(`${plan.publicationId}-0.`)) void fault('5xx', { times: 1 })
      if (!idempotencyKey?.startsWith(`${plan.publicationId}-1.`)) return
      end()
      void deleteFirst(handle)
    })
    await world.plan(plan)
    return plan
  }

  it('ends with what is up when its rest is dropped, and says so to everybody', async () => {
    const { publicationId: id } = await half('dropped')
    const done = await resolve(id, { action: 'drop_rest' })
    expect(done).toMatchObject({ state: 'published', reason: { code: 'rest_dropped' } })
    expect(done.reason?.message.en).toContain('1 of 3 parts are live')
    expect(done.publishedAt).toBe(done.parts[0]?.at)
    expect(done.remoteId).toBe((await world.network.live('dropped'))[0]?.id)
    expect((await events(id)).at(-1)).toBe('publishing.publication.published.v1')
    await expect(resolve(id, { action: 'drop_rest' })).rejects.toMatchObject({
      code: 'publication_state',
    })
  })

  it('has no rest to drop where nothing is up, and is accepted as it is', async () => {
    const { id: channelId } = await world.channel('nothing_up')
    const plan = aPlan({ channelId, text: tooLong })
    const { publicationId: id } = plan
    await world.plan(plan)
    await world.reaches(id, 'failed')
    await expect(resolve(id, { action: 'drop_rest' })).rejects.toMatchObject({
      code: 'nothing_live',
    })
    expect(await resolve(id, { action: 'accept_as_it_is' })).toMatchObject({
      state: 'cancelled',
      reason: { code: 'accepted_as_it_is' },
    })
  })

  it('is accepted as it is without its first comment', async () => {
    const { id: channelId } = await world.channel('no_comment')
    const parts = [part('پست'), part(tooLong, 'first_comment')]
    const plan = aPlan({ channelId, parts })
    await world.plan(plan)
    const failed = await world.reaches(plan.publicationId, 'failed')
    expect(failed.reason?.fix.en).toContain('Drop the rest')
    const done = await resolve(plan.publicationId, { action: 'accept_as_it_is' })
    expect(done).toMatchObject({ state: 'published', parts: [{ part: 0 }] })
  })

  it('says at once that the beginning of its thread was deleted, and is published as new', async () => {
    const plan = await orphan('orphan')
    const { publicationId: id } = plan
    const failed = await world.reaches(id, 'failed', 10_000)
    expect(failed.reason).toMatchObject({ code: 'parent_gone' })
    expect(failed.reason?.fix.en).toContain('publish it all as new')
    await resolve(id, { action: 'publish_as_new' })
    const done = await world.reaches(id, 'published')
    expect(await texts('orphan')).toEqual(['سر', 'دو'])
    expect(done.parts).toHaveLength(2)
    expect(done.formerParts).toEqual(failed.parts)
    const keys = done.attempts.map(({ idempotencyKey }) => idempotencyKey.split('.')[0])
    expect(keys).toEqual([`${id}-0`, `${id}-1`, `${id}-1`, `${id}-r1-0`, `${id}-r1-1`])
  })

  it('keeps what was up before it was published as new, and reconciliation knows it', async () => {
    const { publicationId: id, channelId } = await half('anew')
    await resolve(id, { action: 'publish_as_new' })
    const again = await world.reaches(id, 'failed')
    expect(await texts('anew')).toEqual(['سر', 'سر'])
    expect(again.formerParts).toHaveLength(1)
    await resolve(id, { action: 'drop_rest' })
    const report = await world.client.send(reconcileLedger, world.call, { channelId })
    expect(report).toMatchObject({ duplicates: [], unrecorded: [], falsePublished: [] })
  })

  it('is published as new under another key when nobody knows what became of the first', async () => {
    const { id: channelId } = await world.channel('unknown', { keyed: 'none' })
    await world.network.fault({ kind: 'drop_reply', handle: 'unknown', times: 1 })
    const { publicationId: id, ...plan } = aPlan({ channelId })
    await world.plan({ publicationId: id, ...plan })
    await world.reaches(id, 'unconfirmed')
    await resolve(id, { action: 'publish_as_new' })
    const done = await world.reaches(id, 'published')
    expect(done.remoteId).toBe((await world.network.live('unknown')).at(-1)?.id)
    expect(done.attempts.at(-1)?.idempotencyKey).toMatch(new RegExp(`^${id}-r1-0\\.`))
  })

  it('takes no word on what is on its way or published', async () => {
    const { id: channelId } = await world.channel('fine')
    const later = aPlan({ channelId, inMs: 60_000 })
    const now = aPlan({ channelId })
    await world.plan(later, now)
    await world.reaches(now.publicationId, 'published')
    for (const { publicationId } of [later, now]) {
      for (const action of ['drop_rest', 'accept_as_it_is', 'publish_as_new'] as const) {
        await expect(resolve(publicationId, { action })).rejects.toMatchObject({
          code: 'publication_state',
        })
      }
    }
  })
})
