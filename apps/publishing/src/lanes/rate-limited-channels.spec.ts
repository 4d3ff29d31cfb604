import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, testWorld } from '../testing/world.ts'

const hotChannels = 3
const rateLimit = { limit: 10, windowMs: 2_000 }
const postsOfEach = 30 * scale

describe('channels that may send little', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
    await world.addReplica()
  })
  afterAll(() => world?.close())

  const latenessOf = async (ids: string[]) => {
    const [row] = await world.sql<{ p99: number; owners: number }>(
      `select percentile_cont(0.99) within group (order by lateness_ms) as p99,
              count(distinct a.lease_owner)::int as owners
       from publications p join attempts a on a.publication_id = p.id where p.channel_id = any($1)`,
      [ids],
    )
    return row ?? { p99: Number.POSITIVE_INFINITY, owners: 0 }
  }

  it(
    'never ask the network for more than its headers allow, whichever replica sends, and delay no other',
    async () => {
      for (let at = 0; at < hotChannels; at++) {
        await world.network.account(`hot_none_${at}`, { keyed: 'none', rateLimit })
      }
      const hot = await crowd(world, 'hot', hotChannels, ['none'])
      const cold = await crowd(world, 'cold', 20, ['none'])
      const ids = ({ channels }: typeof hot) => channels.map(({ id }) => id)
      await hot.plan(hotChannels * postsOfEach)
      await cold.plan(100 * scale, 500, 3_000 * scale)
      await hot.settled(30_000 * scale)
      await cold.settled(30_000 * scale)
      expect(await hot.truth()).toEqual(nothingWrong)
      expect(await cold.truth()).toEqual(nothingWrong)
      // Two windows had to be waited for, by budget and not by refusals; both replicas took part.
      expect(world.network.requests.filter(({ status }) => status === 429)).toEqual([])
      const slow = await latenessOf(ids(hot))
      expect(slow.p99).toBeGreaterThan(2 * rateLimit.windowMs)
      expect(slow.owners).toBe(2)
      const quick = await latenessOf(ids(cold))
      // Late by what the machine has to do, not by the windows that others wait for.
      expect(quick.p99).toBeLessThan(slow.p99)
    },
    60_000 * scale,
  )

  it('are left alone for as long as a refusal says', async () => {
    const waitMs = 2_000
    const refused = await crowd(world, 'refused', 5, ['none'])
    for (const { handle } of refused.channels) {
      await world.network.fault({ kind: '429', ms: waitMs, handle, times: 2 })
    }
    const earlier = world.network.requests.length
    await refused.plan(25)
    await refused.settled(30_000)
    expect(await refused.truth()).toEqual(nothingWrong)
    const seen = world.network.requests.slice(earlier).filter(({ token }) => token !== '')
    const blocks = seen.filter(({ status }) => status === 429)
    expect(blocks).toHaveLength(10)
    const during = blocks.flatMap((block) =>
      seen.filter(
        ({ token, at }) => token === block.token && at > block.at && at < block.at + waitMs,
      ),
    )
    expect(during).toEqual([])
  })
})
