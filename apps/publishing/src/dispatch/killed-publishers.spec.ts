import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import type { PublisherProcess } from '../testing/publisher-process.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, worldOfProcesses } from '../testing/world.ts'

const kills = 10 * scale
const postsOfEach = 100
const leaseMs = 2_000

describe('publishers that are killed', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await worldOfProcesses({ LEASE_MS: leaseMs, REQUEST_TIMEOUT_MS: 500, CONCURRENCY: 8 })
  })
  afterAll(() => world?.close())

  const underWayOf = async (publisher: PublisherProcess) => {
    const rows = await world.sql<{ owner: string }>(
      `select lease_owner as owner from publications where state = 'sending' and lease_owner is not null`,
    )
    return rows.filter(({ owner }) => publisher.owns(owner)).length
  }

  it(
    'leave nothing twice and nothing lost, and others take over what they had begun',
    async () => {
      const many = await crowd(world, 'killed', 40)
      // Slow enough that a kill always meets requests that are under way.
      await world.network.fault({ kind: 'latency', ms: 60 })
      const running = [world.addPublisher(), world.addPublisher()]
      await Promise.all(running.map(({ ready }) => ready))
      const takenOver: number[] = []
      const recoveries: Promise<void>[] = []
      for (let kill = 0; kill < kills; kill++) {
        const victim = running[kill % 2]
        if (!victim) throw new Error('nobody is left')
        await many.plan(postsOfEach, 0, 1_500)
        await eventually('requests are under way', async () => (await underWayOf(victim)) > 0)
        await victim.kill()
        takenOver.push(await underWayOf(victim))
        recoveries.push(
          eventually(
            'what it had begun is in other hands',
            async () => (await underWayOf(victim)) === 0,
            leaseMs + 20_000,
          ).then(() => undefined),
        )
        const next = world.addPublisher()
        running[kill % 2] = next
        await next.ready
      }
      await Promise.all(recoveries)
      await many.settled(60_000)
      expect(await many.truth()).toEqual(nothingWrong)
      expect(await many.unconfirmed('key', 'readable')).toBe(0)
      // The kills met something, or this has shown nothing.
      expect(takenOver.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(kills)
    },
    180_000 * scale,
  )
})
