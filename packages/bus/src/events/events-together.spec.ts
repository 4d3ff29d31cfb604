import {
  approvalPolicyChanged,
  type CallContext,
  latePolicyChanged,
  streamOf,
  systemContext,
} from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Controller, Injectable, Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { BusConnection } from '../connection.ts'
import { createService, type RunningService } from '../create-service.ts'
import { EffectsTable } from '../testing/effects.ts'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { serviceParts } from '../testing/two-services.ts'
import { busEntities, busMigrations } from './bus-tables.ts'
import { DeadLettersService } from './dead-letters.service.ts'
import type { EventOf, SharedTx } from './event-context.ts'
import { EventProcessor } from './event-processor.ts'
import { JetStreamServer } from './jetstream-server.ts'
import { OnEvents } from './on-event.ts'
import { Transactions } from './transactions.ts'

type Policies = EventOf<typeof approvalPolicyChanged>[]

/** The lists that the handler was given, and what it does before its effect. */
@Injectable()
class Lists {
  seen: string[][] = []
  before: (events: Policies) => Promise<void> | void = () => undefined
}

@Controller()
class PolicyReader {
  constructor(private readonly lists: Lists) {}

  @OnEvents(approvalPolicyChanged)
  async note(events: Policies, tx: SharedTx): Promise<void> {
    const ids = events.map(({ eventId }) => eventId)
    this.lists.seen.push(ids)
    await tx.manager.query('insert into effects (event_id) select unnest($1::text[])', [ids])
    await this.lists.before(events)
  }
}

@Module({ controllers: [PolicyReader], providers: [Lists] })
class ReaderModule {}

const database = { entities: busEntities, migrations: [...busMigrations, EffectsTable] }
const body = { before: { approval: 'none' }, after: { approval: 'other_person' } } as const

describe('events that a handler takes together', () => {
  const call: CallContext = systemContext(newId('workspace'), 'content')
  const closing: (() => Promise<unknown>)[] = []
  let nats: TestNats
  let producer: RunningService
  let consumer: RunningService
  let lists: Lists

  beforeAll(async () => {
    nats = await testNats()
    closing.push(() => nats.stop())
    const start = async (...[service, modules, more]: Start) => {
      const { url, drop } = await testDatabase(database)
      const started = await createService({
        ...serviceParts(service, nats.url, url, modules),
        ...more,
      })
      await started.start()
      closing.push(async () => started.close().then(drop))
      return started
    }
    producer = await start('content', [])
    consumer = await start('publishing', [ReaderModule], {
      consumes: [approvalPolicyChanged],
      maxDeliveries: 2,
    })
    lists = consumer.app.get(Lists)
  })

  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })

  beforeEach(() => {
    lists.seen = []
    lists.before = () => undefined
  })

  /** Commits events; gives their ids, in order. */
  const publish = async (count: number): Promise<string[]> => {
    await producer.app.get(Transactions).run(async (tx) => {
      for (let at = 0; at < count; at += 1) tx.publish(approvalPolicyChanged, call, body)
    })
    const sql = 'select id from outbox order by seq desc limit $1'
    const rows = await producer.app.get(DataSource).query<{ id: string }[]>(sql, [count])
    return rows.map(({ id }) => id).reverse()
  }

  /** Publishes events that all wait for one before them, so that they are handled together. */
  const publishTogether = async (count: number): Promise<string[]> => {
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const { before } = lists
    lists.before = (events) => (lists.seen.length === 1 ? held : before(events))
    await publish(1)
    await eventually('the one before them', () => lists.seen.length === 1)
    const ids = await publish(count)
    const manager = await consumer.app.get(BusConnection).manager()
    await eventually('all at the consumer', async () => {
      const [info] = await manager.consumers.list(streamOf('content').name).next()
      return info?.num_ack_pending === count + 1
    })
    goOn()
    return ids
  }

  const effects = async (ids: string[]): Promise<string[]> => {
    const sql = 'select event_id as id from effects where event_id = any($1) order by 1'
    const rows = await consumer.app.get(DataSource).query<{ id: string }[]>(sql, [ids])
    return rows.map(({ id }) => id)
  }

  const allOf = (ids: string[]) =>
    eventually('every effect', async () => (await effects(ids)).length >= ids.length)

  it('come as one list, in their order', async () => {
    const ids = await publishTogether(40)
    await allOf(ids)
    expect(lists.seen.slice(1)).toEqual([ids])
    expect(await effects(ids)).toEqual(ids.toSorted())
  })

  it('come alone when one of them fails, and only that one ends among the dead letters', async () => {
    const fails = new Set<string>()
    lists.before = (events) => {
      // The sixth of the list; alone, it is known by its id.
      if (events.length === 10) fails.add(events[5]?.eventId ?? '')
      if (events.some(({ eventId }) => fails.has(eventId))) throw new Error('this never works')
    }
    const ids = await publishTogether(10)
    const letters = consumer.app.get(DeadLettersService)
    const [letter] = await eventually('a dead letter', async () => {
      const { items } = await letters.list({ limit: 10 })
      return items.length > 0 ? items : null
    })
    expect(letter).toMatchObject({ id: ids[5], deliveries: 2 })
    const others = ids.filter((id) => id !== ids[5])
    await allOf(others)
    expect(await effects(ids)).toEqual(others.toSorted())
    expect(lists.seen[1]).toEqual(ids)
    expect(lists.seen.slice(2).every((list) => list.length === 1)).toBe(true)

    lists.before = () => undefined
    await letters.replay(letter?.id ?? '')
    expect(lists.seen.at(-1)).toEqual([ids[5]])
    expect(await effects(ids)).toEqual(ids.toSorted())
  })

  it('have one effect when the same event is twice among them', async () => {
    const arrival = (eventId: string) => ({
      name: approvalPolicyChanged.name,
      body,
      context: { eventId, call, causationId: null, deliveries: 1 },
    })
    const handler = consumer.app.get(JetStreamServer).handlerOf(approvalPolicyChanged.name)
    if (!handler) throw new Error('nothing handles the event')
    const [one, other] = [newId('event'), newId('event')]
    const arrivals = [one, other, one].map(arrival)
    await consumer.app.get(EventProcessor).process(arrivals, handler)
    await consumer.app.get(EventProcessor).process(arrivals, handler)
    expect(lists.seen).toEqual([[one, other]])
    expect(await effects([one, other])).toEqual([one, other].toSorted())
  })

  it('are each the cause of what follows from them', async () => {
    const after = { lateMinutes: 15 }
    lists.before = (events) => {
      for (const { tx } of events) tx.publish(latePolicyChanged, call, { before: after, after })
    }
    const ids = await publishTogether(3)
    await allOf(ids)
    const sql = 'select causation_id as id from outbox where causation_id = any($1) order by seq'
    const caused = await consumer.app.get(DataSource).query<{ id: string }[]>(sql, [ids])
    expect(caused.map(({ id }) => id)).toEqual(ids)
  })
})

type Start = [
  service: 'content' | 'publishing',
  modules: Parameters<typeof serviceParts>[3],
  more?: Partial<Parameters<typeof createService>[0]>,
]
