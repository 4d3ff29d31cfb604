import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, testWorld } from '../testing/world.ts'

describe('posts while the broker is in trouble', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
    await world.addReplica()
  })
  afterAll(() => world?.close())

  const notRelayed = async () => {
    const [row] = await world.sql<{ count: number }>(
      'select count(*)::int as count from outbox where relayed_at is null',
    )
    return row?.count ?? 0
  }
  const allRelayed = () =>
    eventually('all events are relayed', async () => (await notRelayed()) === 0, 30_000)
  async function expectNothingWrong(many: Awaited<ReturnType<typeof crowd>>) {
    expect(await many.truth()).toEqual(nothingWrong)
    expect(await many.unconfirmed('key', 'readable')).toBe(0)
  }

  it(
    'leave while it is down and its storage wiped, and their events follow',
    async () => {
      const many = await crowd(world, 'killed', 10)
      const kills = 4 * scale
      for (let kill = 0; kill < kills; kill++) {
        // Most are due while it is down, however long it takes to end it.
        await many.plan(50, 1_500, 1_000)
        await world.nats.kill()
        await eventually(
          'all of them are up',
          async () => (await many.count('published')) === many.planned.length,
          20_000,
        )
        if (kill % 4 === 3) await world.nats.wipe()
        await world.nats.start()
      }
      await many.settled(20_000 * scale)
      await expectNothingWrong(many)
      await allRelayed()
    },
    90_000 * scale,
  )

  it(
    'leave while its disk is full, and their events follow once there is room',
    async () => {
      const many = await crowd(world, 'full', 10)
      await world.nats.kill()
      await world.nats.wipe()
      await world.nats.start({ storeBytes: 20_000 })
      await many.plan(200 * scale, 200, 3_000)
      await many.settled(20_000 * scale)
      await expectNothingWrong(many)
      expect(await notRelayed()).toBeGreaterThan(0)
      await world.nats.kill()
      await world.nats.start()
      await allRelayed()
    },
    60_000 * scale,
  )
})
