import { eventually } from '@hamava/service-kit/testing'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { Client } from 'pg'
import { DataSource } from 'typeorm'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { twoServices } from '../testing/two-services.ts'
import { DeadLettersService } from './dead-letters.service.ts'

/** `npm test` runs the failure catalogue at a tenth of its size; `HAMAVA_TEST_SCALE=10` is the whole of it. */
const scale = Number(process.env.HAMAVA_TEST_SCALE ?? 1)

describe('events in trouble', () => {
  let nats: TestNats
  let world: Awaited<ReturnType<typeof twoServices>>
  beforeEach(async () => {
    nats = await testNats()
    world = await twoServices(nats.url, { maxDeliveries: 3 })
  })
  afterEach(async () => {
    await world?.close()
    await nats?.stop()
  })

  const effectsReach = (count: number) =>
    eventually(
      `${count} effects`,
      async () => {
        const found = await world.effects()
        return found.distinct >= count && found
      },
      40_000 * scale,
    )
  const relayed = async () => {
    const [row] = await world.producer.app
      .get(DataSource)
      .query<{ count: number }[]>(
        'select count(*)::int as count from outbox where relayed_at is not null',
      )
    return row?.count ?? 0
  }

  it(
    'have one effect each, as the broker is killed and its storage wiped again and again',
    async () => {
      const rounds = 4 * scale
      for (let round = 0; round < rounds; round++) {
        const before = (await world.effects()).distinct
        await world.publish(200)
        // Some are handled, some are in the stream, some are not: the rest of them comes twice.
        await effectsReach(before + 50)
        await nats.kill()
        if (round % 4 === 2) await nats.wipe()
        await world.publish(200)
        await nats.start()
      }
      const count = rounds * 400
      expect(await effectsReach(count)).toEqual({ rows: count, distinct: count })
    },
    100_000 * scale,
  )

  it(
    'have one effect each, as the relay dies between the acknowledgement and its commit',
    async () => {
      const deaths = 10 * scale
      const { url } = await databaseOf(world.producer.app.get(DataSource))
      const killer = new Client({ connectionString: url })
      await killer.connect()
      let died = 0
      await world.publish(500)
      for (let death = 0; death < deaths; death++) {
        await eventually(
          'the relay is through',
          async () => (await relayed()) === (death + 1) * 500,
          20_000,
        )
        // The stream takes them all, but its answers come when there is nobody left to note them.
        nats.freeze()
        await world.publish(500)
        died += await eventually('a relay that waits for the stream', async () => {
          const { rowCount } = await killer.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and state = 'idle in transaction'
               and query like 'select id, event, context%'`,
          )
          return rowCount || null
        })
        nats.goOn()
      }
      await killer.end()
      expect(died).toBeGreaterThanOrEqual(deaths)
      const count = (deaths + 1) * 500
      expect(await effectsReach(count)).toEqual({ rows: count, distinct: count })
    },
    100_000 * scale,
  )

  it(
    'that are poison end among the dead letters, all of them and nothing else, and hold up no other',
    async () => {
      const count = 1_000 * scale
      const seen = new Map<string, boolean>()
      world.trouble.before = ({ eventId }) => {
        const isPoison = seen.get(eventId) ?? seen.size % 100 === 50
        seen.set(eventId, isPoison)
        if (isPoison) throw new Error('poison')
      }
      await world.publish(count)
      const poison = count / 100
      const letters = world.consumer.app.get(DeadLettersService)
      expect(await effectsReach(count - poison)).toEqual({
        rows: count - poison,
        distinct: count - poison,
      })
      const found = await eventually('all dead letters', async () => {
        const { items } = await letters.list({ limit: 100 })
        return items.length >= poison && items
      })
      const poisonIds = [...seen].filter(([, isPoison]) => isPoison).map(([id]) => id)
      expect(found.map(({ id }) => id).toSorted()).toEqual(poisonIds.toSorted())
    },
    60_000 * scale,
  )

  it(
    'wait for a broker whose disk is full, and have one effect each once there is room',
    async () => {
      await nats.kill()
      await nats.start({ storeBytes: 50_000 })
      const count = 500 * scale
      await world.publish(count)
      await eventually('the broker takes no more', async () => {
        const before = await relayed()
        return before > 0 && before < count
      })
      expect((await world.effects()).distinct).toBeLessThan(count)
      // However often it refuses, what it keeps is left in place.
      const client = await connect({ servers: nats.url })
      const created = async () =>
        (await (await jetstreamManager(client)).streams.info('hamava_content')).created
      const before = await created()
      const tries = new Map<string, number>()
      for await (const { headers } of client.subscribe('content.>')) {
        const id = headers?.get('Nats-Msg-Id') ?? ''
        tries.set(id, (tries.get(id) ?? 0) + 1)
        if (tries.get(id) === 6) break
      }
      expect(await created()).toBe(before)
      await client.close()
      await nats.kill()
      await nats.start()
      expect(await effectsReach(count)).toEqual({ rows: count, distinct: count })
    },
    100_000 * scale,
  )
})

async function databaseOf(dataSource: DataSource): Promise<{ url: string }> {
  const { options } = dataSource
  if (options.type !== 'postgres' || !options.url) throw new Error('a database without an address')
  return { url: options.url }
}
