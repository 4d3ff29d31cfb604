import { approvalPolicyChanged, streamOf } from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { BusConnection } from '../connection.ts'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { twoServices } from '../testing/two-services.ts'
import { DeadLettersService } from './dead-letters.service.ts'

const binaries = {
  'the newest server at hand': process.env.HAMAVA_TEST_NATS_BIN,
  'server 2.9': process.env.HAMAVA_TEST_NATS_29_BIN,
}

describe.each(Object.entries(binaries))('events on %s', (_name, binary) => {
  let nats: TestNats
  let world: Awaited<ReturnType<typeof twoServices>>

  beforeAll(async () => {
    nats = await testNats(binary)
    world = await twoServices(nats.url, { maxDeliveries: 3 })
  })

  afterAll(async () => {
    await world?.close()
    await nats?.stop()
  })

  const effects = (count: number) =>
    eventually(
      `${count} effects`,
      async () => {
        const found = await world.effects()
        return found.distinct >= count ? found : null
      },
      25_000,
    )
  it('carries a committed event to its handler, once', async () => {
    await world.publish(20)
    expect(await effects(20)).toEqual({ rows: 20, distinct: 20 })
  })

  it('has one effect when the same event comes twice', async () => {
    const before = (await world.effects()).distinct
    await world.publish(1)
    await effects(before + 1)
    await sendAgain(world.producer.app.get(BusConnection))
    await world.publish(1)
    expect(await effects(before + 2)).toEqual({ rows: before + 2, distinct: before + 2 })
  })

  it('closes at any moment of its start', async () => {
    for (let ms = 0; ms < 100; ms += 5) await world.restartConsumer(ms)
  })

  it('has one effect when the consumer stops between effect and acknowledgement', async () => {
    const before = (await world.effects()).distinct
    let crashes = 0
    const connection = world.consumer.app.get(BusConnection)
    world.trouble.before = async () => {
      // The connection dies after the handler's work: the commit succeeds, the acknowledgement is lost.
      if (crashes++ === 0) await (await connection.get()).close()
    }
    await world.publish(1)
    await effects(before + 1)
    await world.restartConsumer()
    await world.publish(1)
    expect(await effects(before + 2)).toEqual({ rows: before + 2, distinct: before + 2 })
    expect(crashes).toBe(1)
  })

  it('leaves no effect when a handler fails, and tries again', async () => {
    const before = (await world.effects()).distinct
    let failures = 0
    world.trouble.before = () => {
      if (failures++ === 0) throw new Error('the first time fails')
    }
    await world.publish(1)
    expect(await effects(before + 1)).toEqual({ rows: before + 1, distinct: before + 1 })
    expect(failures).toBe(2)
  })

  it('handles what comes together in one transaction, and one that fails harms no other', async () => {
    const before = (await world.effects()).distinct
    let failures = 0
    let handled = 0
    world.trouble.before = () => {
      handled += 1
      if (handled === 15 && failures++ === 0) throw new Error('one of many fails')
    }
    await world.publish(60)
    expect(await effects(before + 60)).toEqual({ rows: before + 60, distinct: before + 60 })
    expect(failures).toBe(1)
    world.trouble.before = () => undefined
  })

  it('puts what always fails among the dead letters, and handles it when told to', async () => {
    const before = (await world.effects()).distinct
    world.trouble.before = () => {
      throw new Error('this never works')
    }
    const letters = world.consumer.app.get(DeadLettersService)
    await world.publish(1)
    const letter = await eventually('a dead letter', async () => {
      const page = await letters.list({ limit: 10 })
      return page.items[0] ?? null
    })
    expect(letter).toMatchObject({
      event: approvalPolicyChanged.name,
      deliveries: 3,
      replayedAt: null,
    })
    expect(letter.error).toContain('this never works')

    world.trouble.before = () => undefined
    const replayed = await letters.replay(letter.id)
    expect(replayed.replayedAt).not.toBeNull()
    expect(await effects(before + 1)).toEqual({ rows: before + 1, distinct: before + 1 })
  })

  it('loses nothing when NATS is down for a while', async () => {
    const before = (await world.effects()).distinct
    await nats.kill()
    await world.publish(50)
    await nats.start()
    await world.publish(50)
    expect(await effects(before + 100)).toEqual({ rows: before + 100, distinct: before + 100 })
  })

  it('makes the streams again when their storage is deleted, and loses nothing', async () => {
    const before = (await world.effects()).distinct
    await world.publish(30)
    await nats.kill()
    await nats.wipe()
    await world.publish(30)
    await nats.start()
    await world.publish(30)
    expect(await effects(before + 90)).toEqual({ rows: before + 90, distinct: before + 90 })
  })

  it('gets over its storage being deleted while the server runs', async () => {
    const before = (await world.effects()).distinct
    await world.publish(10)
    await nats.wipe()
    await world.publish(30)
    expect(await effects(before + 40)).toEqual({ rows: before + 40, distinct: before + 40 })
  })

  it('notices a stream that is deleted under its feet', async () => {
    const before = (await world.effects()).distinct
    const manager = await world.producer.app.get(BusConnection).manager()
    await manager.streams.delete(streamOf('content').name)
    await world.publish(10)
    expect(await effects(before + 10)).toEqual({ rows: before + 10, distinct: before + 10 })
  })
})

/** Publishes the newest event again, as soon as the server has forgotten its id. */
async function sendAgain(connection: BusConnection) {
  const js = await connection.jetstream()
  const manager = await connection.manager()
  const stream = streamOf('content').name
  const { config } = await manager.streams.info(stream)
  await manager.streams.update(stream, { ...config, duplicate_window: 100_000_000 })
  const stored = await manager.streams.getMessage(stream, {
    last_by_subj: approvalPolicyChanged.name,
  })
  if (!stored) throw new Error('nothing was stored')
  await eventually('a second copy in the stream', async () => {
    const ack = await js.publish(approvalPolicyChanged.name, stored.data, {
      headers: stored.header,
    })
    return !ack.duplicate
  })
  await manager.streams.update(stream, config)
}
