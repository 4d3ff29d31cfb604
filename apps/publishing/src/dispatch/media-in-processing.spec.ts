import {
  countAttention,
  listPublications,
  placeHold,
  releaseHold,
  replacePublications,
  reschedulePublications,
  retryPublication,
  setLatePolicy,
} from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'
import { DiscardUploads } from '../uploads/discard-uploads.ts'

const forHoursMs = 600_000

describe('media that the network processes', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
    await world.client.send(setLatePolicy, world.call, { lateMinutes: 2 })
  })
  afterAll(() => world?.close())

  const uploads = () =>
    world.network.requests.filter(({ method, path }) => method === 'POST' && path === '/media')
      .length
  const mediaOf = async (id: string) => {
    const [row] = await world.sql<{ media: string }>(
      `select pending_state->'state'->'mediaIds'->>0 as media from publications where id = $1`,
      [id],
    )
    return row?.media ?? ''
  }
  /** The network is done, and the publication looks at once. */
  async function isDone(id: string) {
    world.network.passTime(forHoursMs)
    await world.sql(`update publications set next_attempt_at = now() where id = $1`, [id])
    await world.sql(
      `update lanes set next_at = now()
       where channel_id = (select channel_id from publications where id = $1)`,
      [id],
    )
  }

  async function processed(handle: string, options: Parameters<TestWorld['channel']>[1] = {}) {
    const { id: channelId } = await world.channel(handle, options)
    await world.network.fault({ kind: 'slow_media', ms: forHoursMs, handle, times: 1 })
    const image = await world.image(`${handle}.png`)
    const plan = aPlan({ channelId, parts: [part('با عکس', 'post', [image])] })
    const before = uploads()
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'pending')
    return { ...plan, id: plan.publicationId, uploads: () => uploads() - before }
  }

  it('is missed when it is not ready in time, says why, and goes on from there when asked', async () => {
    const { id, ...post } = await processed('never_ready')
    await world.sql(
      `update publications set due_at = due_at - interval '2 minutes' where id = $1`,
      [id],
    )
    const missed = await world.reaches(id, 'missed')
    expect(missed.reason?.message.en).toContain('processing its media 2 minutes after its due time')
    expect(await world.network.live('never_ready')).toEqual([])
    world.network.passTime(forHoursMs)
    await world.client.send(retryPublication, world.call, { id })
    await world.reaches(id, 'published')
    expect(post.uploads()).toBe(1)
  })

  it('can be cancelled, and what was uploaded is taken back', async () => {
    const { id, ...post } = await processed('called_off')
    const media = await mediaOf(id)
    expect(await world.network.has(media)).toBe(true)
    expect(await world.cancel(post)).toEqual({ done: [id], tooLate: [] })
    await isDone(id)
    await world.service.app.get(DiscardUploads).run()
    await eventually('the upload is gone', async () => !(await world.network.has(media)))
    expect((await world.publication(id)).state).toBe('cancelled')
    expect(await world.network.live('called_off')).toEqual([])
  })

  it('can be edited, and only the new words go out', async () => {
    const { id, channelId } = await processed('edited_late')
    const edited = { ...aPlan({ channelId, text: 'بی عکس', publicationId: id }), version: 2 }
    const replaced = { replace: [edited], cancel: [] }
    expect(await world.client.send(replacePublications, world.call, replaced)).toEqual({
      done: [id],
      tooLate: [],
    })
    await world.reaches(id, 'published')
    expect((await world.network.live('edited_late')).map(({ text }) => text)).toEqual(['بی عکس'])
  })

  it('can be given another time, and waits for it', async () => {
    const { id } = await processed('moved_late')
    const at = new Date(Date.now() + 3_600_000).toISOString()
    const moved = { publicationIds: [id], at }
    expect(await world.client.send(reschedulePublications, world.call, moved)).toMatchObject({
      done: [id],
      tooLate: [],
      times: [{ publicationId: id, dueAt: at }],
    })
    expect(await world.publication(id)).toMatchObject({ state: 'planned', dueAt: at })
  })

  it('is stopped by a hold, which does not say that it has left, and goes on after it', async () => {
    const { id, channelId, ...post } = await processed('held_late')
    const scope = { kind: 'channel' as const, channelId }
    const placed = await world.client.send(placeHold, world.call, { scope, reason: 'سوگواری' })
    expect(placed.alreadySending).toEqual([])
    await world.reaches(id, 'held')
    await world.client.send(releaseHold, world.call, { id: placed.hold.id })
    await isDone(id)
    await world.reaches(id, 'published')
    expect(post.uploads()).toBe(1)
    expect(await world.network.live('held_late')).toHaveLength(1)
  })

  it('is told of as a risk while it takes long, with how long it has taken', async () => {
    const { id, channelId } = await processed('takes_long')
    await world.sql(
      `update publications set next_attempt_at = now(),
         pending_state = pending_state || jsonb_build_object('since', now() - interval '90 s') where id = $1`,
      [id],
    )
    await world.sql('update lanes set next_at = now() where channel_id = $1', [channelId])
    const call = { ...world.call, channelIds: [channelId] }
    await eventually('a person is told', async () => {
      const { items } = await world.client.send(listPublications, call, { risk: 'any' })
      return items[0]?.risks[0]?.message.en.includes('for 1 minute;')
    })
    await eventually('it is counted', async () => {
      const counts = await world.client.send(countAttention, call, {})
      return counts.risk === 1
    })
    await isDone(id)
    expect(await world.reaches(id, 'published')).toMatchObject({ risks: [] })
  })

  it('can no longer be stopped once the request that makes it visible may have been carried out', async () => {
    const { id, ...post } = await processed('may_be_up', { keyed: 'none' })
    await world.network.fault({ kind: 'drop_reply', handle: 'may_be_up', times: 1 })
    await isDone(id)
    await world.reaches(id, 'unconfirmed')
    expect(await world.cancel(post)).toMatchObject({ done: [] })
    expect(await world.network.live('may_be_up')).toHaveLength(1)
  })

  it('is up once, from one upload, when the reply to that request is lost', async () => {
    const { id, ...post } = await processed('lost_after')
    await world.network.fault({ kind: 'drop_reply', handle: 'lost_after', times: 1 })
    await isDone(id)
    await world.reaches(id, 'published')
    expect(post.uploads()).toBe(1)
    expect(await world.network.live('lost_after')).toHaveLength(1)
  })

  it('is taken back when the post is refused for good', async () => {
    const { id: channelId } = await world.channel('refused_with_image')
    const image = await world.image('refused.png')
    const plan = aPlan({ channelId, parts: [part('ب'.repeat(1001), 'post', [image])] })
    await world.plan(plan)
    const failed = await world.reaches(plan.publicationId, 'failed')
    const asked = failed.attempts[0]?.exchanges.map(({ method, url }) => [
      method,
      new URL(url).pathname.split('/')[1],
    ])
    expect(asked).toEqual([
      ['POST', 'media'],
      ['POST', 'posts'],
      ['DELETE', 'media'],
    ])
  })
})
