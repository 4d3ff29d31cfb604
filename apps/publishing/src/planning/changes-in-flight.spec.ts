import { removeChannel, replacePublications } from '@hamava/contracts'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { scale } from '../testing/scale.ts'
import { aPlan, type TestWorld, testWorld } from '../testing/world.ts'

const posts = 150 * scale

describe('a change while posts are on their way', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld({ LEASE_MS: 6_000, REQUEST_TIMEOUT_MS: 3_000 })
    await world.addReplica()
  })
  afterAll(() => world?.close())

  const edit = (plan: ReturnType<typeof aPlan>, text: string) => {
    const { channelId, publicationId } = plan
    const edited = { ...aPlan({ channelId, publicationId, text }), version: 2, dueAt: plan.dueAt }
    return world.client.send(replacePublications, world.call, { replace: [edited], cancel: [] })
  }

  it('comes too late once the request has left, and what is live is what was sent', async () => {
    const { id: channelId } = await world.channel('leaving', { keyed: 'none' })
    await world.network.fault({ kind: 'latency', ms: 1_000, handle: 'leaving' })
    const plan = aPlan({ channelId, text: 'همان که رفت' })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'sending')
    const { publicationId } = plan
    const late = { publicationId, state: 'sending', inDoubtUntil: expect.any(String) }
    const tooLate = { done: [], tooLate: [late] }
    expect(await edit(plan, 'دیگر')).toEqual(tooLate)
    expect(await world.cancel(plan)).toEqual(tooLate)
    await expect(
      world.client.send(removeChannel, world.call, { id: channelId }),
    ).rejects.toMatchObject({ code: 'channel_in_use' })
    await world.reaches(publicationId, 'published')
    const live = await world.network.live('leaving')
    expect(live.map(({ text }) => text)).toEqual(['همان که رفت'])
  })

  it(
    'is in what is live exactly if it was answered as done',
    async () => {
      const handles = Array.from({ length: 10 }, (_, at) => `edited_${at}`)
      const channels = await Promise.all(
        handles.map((handle) => world.channel(handle, { keyed: 'none' })),
      )
      const plans = Array.from({ length: posts }, (_, at) =>
        aPlan({
          channelId: channels[at % channels.length]?.id ?? '',
          text: `پیش ${at}`,
          inMs: 1_000 + at * 10,
        }),
      )
      await world.plan(...plans)
      await world.reaches(plans[20]?.publicationId ?? '', 'published')
      const answers = await Promise.all(plans.map((plan, at) => edit(plan, `پس ${at}`)))
      for (const { publicationId } of plans) await world.reaches(publicationId, 'published')
      const expected = answers.map(({ done }, at) => (done.length === 1 ? `پس ${at}` : `پیش ${at}`))
      const live = await Promise.all(handles.map((handle) => world.network.live(handle)))
      const texts = live.flat().map(({ text }) => text)
      expect(texts.toSorted()).toEqual(expected.toSorted())
      expect(answers.filter(({ done }) => done.length === 0).length).toBeGreaterThan(10)
      expect(answers.filter(({ done }) => done.length === 1).length).toBeGreaterThan(10)
    },
    60_000 * scale,
  )

  it('is nothing that a time in the past needs: what is little late leaves at once', async () => {
    const { id: channelId } = await world.channel('past')
    const plan = aPlan({ channelId, inMs: -5 * 60_000 })
    await world.plan(plan)
    const done = await world.reaches(plan.publicationId, 'published')
    expect(done.latenessMs).toBeGreaterThanOrEqual(5 * 60_000)
  })
})
