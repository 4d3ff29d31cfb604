import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import type { Keyed } from '../testing/model-world.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, testWorld } from '../testing/world.ts'

const posts = 300 * scale
const channels = 15

describe('posts whose replies are lost', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  it.each<Keyed>(['key', 'late', 'readable', 'none'])(
    'are up once where the network offers %s, one in ten dropped and one in twenty too slow',
    async (keyed) => {
      const many = await crowd(world, 'lost', channels, [keyed])
      for (const { handle } of many.channels) {
        await world.network.fault({ kind: 'drop_reply', rate: 0.1, handle })
        // Carried out after the client has given up, and before the first look counts.
        await world.network.fault({ kind: 'latency', rate: 0.05, ms: 900, handle })
      }
      await many.plan(posts)
      await many.settled(90_000 * scale)
      expect(await many.truth()).toEqual(nothingWrong)
      const [doubt] = await world.sql<{ doubts: number; posts: number }>(
        `select count(*)::int as doubts, count(distinct publication_id)::int as posts
         from attempts join publications p on p.id = publication_id
         where outcome = 'unknown_outcome' and channel_id = any($1)`,
        [many.channels.map(({ id }) => id)],
      )
      expect(doubt?.posts).toBeGreaterThan(posts / 20)
      const asked = await many.unconfirmed(keyed)
      if (keyed === 'none') expect(asked).toBe(doubt?.posts)
      else expect(asked).toBe(0)
    },
    100_000 * scale,
  )
})
