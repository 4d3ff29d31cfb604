import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'

describe('publishing on the network', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  const image = async (name: string) => {
    const bytes = Buffer.from(`image ${name}`)
    await writeFile(join(world.folder, name), bytes)
    return {
      id: 'ast_01k00000000000000000000000',
      kind: 'image' as const,
      mime: 'image/png',
      bytes: bytes.length,
      width: 1,
      height: 1,
      alt: 'غروب دماوند',
      fileName: name,
      sha256: '',
      storageKey: name,
    }
  }

  it('publishes a Persian text at its time, and keeps the evidence', async () => {
    const channel = await world.channel('persian')
    const plan = aPlan({ channelId: channel.id, text: 'سلام دنیا از هم‌آوا', inMs: 300 })
    expect(await world.plan(plan)).toEqual(['kept'])
    const done = await world.reaches(plan.publicationId, 'published')
    const [live] = await world.network.live('persian')
    expect(live).toMatchObject({
      id: done.remoteId,
      text: 'سلام دنیا از هم‌آوا',
      idempotencyKey: `${plan.publicationId}-0.${plan.snapshotHash.slice(0, 12)}`,
    })
    expect(Date.parse(live?.createdAt ?? '')).toBeGreaterThanOrEqual(Date.parse(plan.dueAt))
    expect(done.latenessMs).toBeGreaterThanOrEqual(0)
    expect(done.attempts).toMatchObject([
      { number: 1, part: 0, step: 'publish', outcome: 'published', fingerprint: plan.snapshotHash },
    ])
    expect(done.timeline.map(({ what }) => what)).toContain('published')
  })

  it('sends an image with its alternative text', async () => {
    const channel = await world.channel('images')
    const plan = aPlan({
      channelId: channel.id,
      parts: [part('با عکس', 'post', [await image('a.png')])],
    })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'published')
    const [live] = await world.network.live('images')
    expect(live?.media).toMatchObject([{ mime: 'image/png', alt: 'غروب دماوند' }])
  })

  it('puts a thread and its first comment up in order', async () => {
    const channel = await world.channel('threads')
    const parts = [
      part('یک'),
      part('دو', 'thread'),
      part('سه', 'thread'),
      part('نظر', 'first_comment'),
    ]
    const plan = aPlan({ channelId: channel.id, parts })
    await world.plan(plan)
    const done = await world.reaches(plan.publicationId, 'published')
    const live = await world.network.live('threads')
    expect(live.map(({ text }) => text)).toEqual(['یک', 'دو', 'سه', 'نظر'])
    expect(live.map(({ parent }) => parent)).toEqual([
      null,
      ...live.slice(0, 3).map(({ id }) => id),
    ])
    expect(done.parts.map(({ id }) => id)).toEqual(live.map(({ id }) => id))
  })

  it('waits while the network processes media', async () => {
    const channel = await world.channel('slow')
    await world.network.fault({ kind: 'slow_media', ms: 800, handle: 'slow', times: 1 })
    const plan = aPlan({
      channelId: channel.id,
      parts: [part('آهسته', 'post', [await image('slow.png')])],
    })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'pending')
    const done = await world.reaches(plan.publicationId, 'published')
    expect(await world.network.live('slow')).toHaveLength(1)
    expect(done.attempts.map(({ step }) => step)).toContain('check')
    expect(done.attempts[0]?.outcome).toBe('pending')
  })

  it('waits as long as the network asks for', async () => {
    const channel = await world.channel('limited')
    await world.network.fault({ kind: '429', ms: 2000, handle: 'limited', times: 1 })
    const plan = aPlan({ channelId: channel.id })
    await world.plan(plan)
    const done = await world.reaches(plan.publicationId, 'published')
    expect(done.attempts.map(({ outcome }) => outcome)).toEqual(['rate_limited', 'published'])
    const [first, second] = done.attempts.map(({ startedAt }) => Date.parse(startedAt))
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1900)
  })

  it('tries again what was not done', async () => {
    const channel = await world.channel('broken')
    await world.network.fault({ kind: '5xx', handle: 'broken', times: 1 })
    const plan = aPlan({ channelId: channel.id })
    await world.plan(plan)
    const done = await world.reaches(plan.publicationId, 'published')
    expect(done.attempts.map(({ outcome }) => outcome)).toEqual(['temporary', 'published'])
  })

  it('tries again when a file cannot be read yet', async () => {
    const channel = await world.channel('unread')
    const asset = await image('there.png')
    const plan = aPlan({
      channelId: channel.id,
      parts: [part('x', 'post', [{ ...asset, storageKey: 'later.png' }])],
    })
    await world.plan(plan)
    const waiting = await world.reaches(plan.publicationId, 'planned')
    expect(waiting.remoteId).toBeNull()
    await image('later.png')
    await world.reaches(plan.publicationId, 'published')
    expect(await world.network.live('unread')).toHaveLength(1)
  })

  it('says in plain words why the network refused', async () => {
    const channel = await world.channel('refused')
    const plan = aPlan({ channelId: channel.id, text: 'ب'.repeat(1001) })
    await world.plan(plan)
    const failed = await world.reaches(plan.publicationId, 'failed')
    expect(failed.reason).toMatchObject({ code: 'text_too_long' })
    expect(failed.reason?.fix.fa).toBeTruthy()
  })
})
