import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, worldOfProcesses } from '../testing/world.ts'

const replicas = 3
const rounds = scale
const postsOfEach = 120
/** So long that it would be noticed if one had to run out. */
const leaseMs = 30_000

describe('publishers that are told to end, one after the other', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await worldOfProcesses({ LEASE_MS: leaseMs, REQUEST_TIMEOUT_MS: 5_000, CONCURRENCY: 8 })
  })
  afterAll(() => world?.close())

  it(
    'finish what is under way and leave the rest to others at once',
    async () => {
      const many = await crowd(world, 'ended', 40, ['none'])
      await world.network.fault({ kind: 'latency', ms: 100 })
      const running = Array.from({ length: replicas }, () => world.addPublisher())
      await Promise.all(running.map(({ ready }) => ready))
      for (let stop = 0; stop < rounds * replicas; stop++) {
        const leaver = running[stop % replicas]
        if (!leaver) throw new Error('nobody is left')
        await many.plan(postsOfEach, 1_000, 1_500)
        await eventually('it has requests under way', async () => {
          const rows = await world.sql<{ owner: string }>(
            `select lease_owner as owner from publications where state = 'sending'`,
          )
          return rows.some(({ owner }) => leaver.owns(owner))
        })
        expect(await leaver.terminate()).toBe(0)
        const next = world.addPublisher()
        running[stop % replicas] = next
        await next.ready
      }
      await many.settled(30_000)
      expect(await many.truth()).toEqual(nothingWrong)
      const [attempts] = await world.sql<{ open: number; unknown: number }>(
        `select count(*) filter (where finished_at is null)::int as open,
                count(*) filter (where outcome = 'unknown_outcome')::int as unknown from attempts`,
      )
      expect(attempts).toEqual({ open: 0, unknown: 0 })
      expect(await many.unconfirmed('none')).toBe(0)
      const [late] = await world.sql<{ most: number }>(
        'select max(lateness_ms) as most from publications',
      )
      // Nobody had to wait for a lease to run out.
      expect(late?.most).toBeLessThan(leaseMs)
    },
    150_000 * scale,
  )
})
