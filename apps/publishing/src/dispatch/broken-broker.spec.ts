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
      await many.plan(kills * 50, 200, kills * 1_000)
      for (let kill = 0; kill < kills; kill++) {
        await world.nats.kill()
        const before = await many.count('published')
        await eventually(
          'some more are up',
          async () => (await many.count('published')) >= before + 20,
        )
        if (kill % 4 === 3) await world.nats.wipe()
        await world.nats.start()
      }
      await many.settled(20_000 * scale)
      await expectNothingWrong(many)
      await allRelayed()
    },
    60_000 * scale,
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
