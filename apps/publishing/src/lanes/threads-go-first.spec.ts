import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'

describe('a thread that has begun', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
    await world.addReplica()
  })
  afterAll(() => world?.close())

  const aThread = (channelId: string, name: string, inMs = 0) =>
    aPlan({
      channelId,
      inMs,
      parts: [part(`${name}1`), part(`${name}2`, 'thread'), part(`${name}3`, 'thread')],
    })
  const live = async (handle: string) => (await world.network.live(handle)).map(({ text }) => text)
  /** Does this when the network has answered the first part. */
  const afterFirst = (id: string, then: () => unknown) => {
    const end = world.network.onRequest(({ idempotencyKey }, when) => {
      if (when !== 'is answered' || !idempotencyKey?.startsWith(`${id}-0.`)) return
      end()
      void then()
    })
  }

  it('goes first on its channel, before what was due earlier', async () => {
    const { id: channelId } = await world.channel('begun')
    const thread = aThread(channelId, 'a')
    const [other, single] = [
      aThread(channelId, 'b', -5_000),
      aPlan({ channelId, text: 'c', inMs: -9_000 }),
    ]
    await world.network.fault({ kind: 'latency', ms: 100, handle: 'begun' })
    const planned = new Promise((resolve) =>
      world.network.onRequest(({ idempotencyKey }, when) => {
        if (when === 'comes' && idempotencyKey?.startsWith(`${thread.publicationId}-0.`))
          resolve(world.plan(other, single))
      }),
    )
    await world.plan(thread)
    await planned
    for (const { publicationId } of [thread, other, single]) {
      await world.reaches(publicationId, 'published')
    }
    expect(await live('begun')).toEqual(['a1', 'a2', 'a3', 'c', 'b1', 'b2', 'b3'])
  })

  it('lets others go while it waits for another try, and does not part them', async () => {
    const { id: channelId } = await world.channel('waiting')
    const thread = aThread(channelId, 'a', -30_000)
    const other = aThread(channelId, 'b')
    await world.network.fault({ kind: 'latency', ms: 400, handle: 'waiting' })
    afterFirst(thread.publicationId, () =>
      world.network.fault({ kind: '5xx', handle: 'waiting', times: 1 }),
    )
    await world.plan(thread, other)
    for (const { publicationId } of [thread, other]) {
      await world.reaches(publicationId, 'published')
    }
    const texts = await live('waiting')
    expect(texts.filter((text) => text.startsWith('b'))).toEqual(['b1', 'b2', 'b3'])
    const begins = texts.indexOf('b1')
    expect(texts.slice(begins, begins + 3)).toEqual(['b1', 'b2', 'b3'])
  })
})
