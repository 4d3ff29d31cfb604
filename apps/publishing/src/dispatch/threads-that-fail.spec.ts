import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { scale } from '../testing/scale.ts'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'

const texts = ['یک', 'دو', 'سه', 'چهار', 'نظر']
const roles = ['post', 'thread', 'thread', 'thread', 'first_comment'] as const
const threads = (given: string[]) => given.map((text, at) => part(text, roles[at]))
const each = Array.from({ length: texts.length * scale }, (_, at) => at)

describe('a thread of five parts', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
    await world.addReplica()
  })
  afterAll(() => world?.close())

  async function expectOneThread(handle: string, expected: string[]) {
    const live = await world.network.live(handle)
    expect(live.map(({ text }) => text)).toEqual(expected)
    const parents = live.map(({ parent }) => parent)
    expect(parents).toEqual([null, ...live.map(({ id }) => id)].slice(0, live.length))
    return live.map(({ id }) => id)
  }

  it.each([
    ['refused for now', '5xx', 'none', 'temporary'],
    ['left without a reply', 'drop_reply', 'key', 'unknown_outcome'],
    ['left without a reply', 'drop_reply', 'readable', 'unknown_outcome'],
  ] as const)(
    'goes on after each part that is %s (%s, an account that offers %s), in order and once',
    async (_, kind, keyed, outcome) => {
      const goesOnAfter = async (one: number) => {
        const at = one % texts.length
        const handle = `goes_on_${kind}_${keyed}_${one}`
        const { id: channelId } = await world.channel(handle, { keyed })
        const plan = aPlan({ channelId, parts: threads(texts) })
        // Slow enough that the fault is in place before the dice are thrown for the next part.
        await world.network.fault({ kind: 'latency', ms: 150, handle })
        const fail = () => world.network.fault({ kind, handle, times: 1 })
        if (at === 0) await fail()
        const end = world.network.onRequest(({ idempotencyKey }, when) => {
          if (
            when === 'is answered' &&
            idempotencyKey?.startsWith(`${plan.publicationId}-${at - 1}.`)
          ) {
            end()
            void fail()
          }
        })
        await world.plan(plan)
        const done = await world.reaches(plan.publicationId, 'published', 25_000)
        const failed = done.attempts.filter((attempt) => attempt.outcome === outcome)
        expect(failed.map((attempt) => attempt.part)).toEqual([at])
        expect(done.parts.map(({ id }) => id)).toEqual(await expectOneThread(handle, texts))
      }
      await Promise.all(each.map(goesOnAfter))
    },
    60_000,
  )

  it('that is refused for good at a part keeps what is live, and says so', async () => {
    const endsAt = async (one: number) => {
      const at = one % texts.length
      const handle = `ends_${one}`
      const { id: channelId } = await world.channel(handle, { keyed: 'none' })
      const given = texts.with(at, 'ب'.repeat(1001))
      const plan = aPlan({ channelId, parts: threads(given) })
      await world.plan(plan)
      const ended = await world.reaches(plan.publicationId, 'failed')
      const live = await expectOneThread(handle, texts.slice(0, at))
      expect(ended.parts.map(({ id }) => id)).toEqual(live)
      expect(ended.remoteId).toBe(live[0] ?? null)
    }
    await Promise.all(each.map(endsAt))
  })
})
