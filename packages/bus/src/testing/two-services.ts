import { approvalPolicyChanged, type CallContext, systemContext } from '@hamava/contracts'
import { createLogger, newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { Controller, Injectable, Module, type Type } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { createService, type RunningService, type ServiceParts } from '../create-service.ts'
import { busEntities, busMigrations } from '../events/bus-tables.ts'
import type { EventContext } from '../events/event-context.ts'
import { OnEvent } from '../events/on-event.ts'
import { Transactions } from '../events/transactions.ts'
import { EffectsTable, effectsOf } from './effects.ts'

/** The tables of events, and one for what handlers did. */
export const eventsDatabase = {
  entities: busEntities,
  migrations: [...busMigrations, EffectsTable],
}

/** What the consumer's handler does before its effect; a test replaces it to make trouble. */
@Injectable()
export class Trouble {
  before: (event: EventContext) => Promise<void> | void = () => undefined
}

@Controller()
class PolicyReader {
  constructor(private readonly trouble: Trouble) {}

  @OnEvent(approvalPolicyChanged)
  async note(_body: unknown, event: EventContext): Promise<void> {
    await event.tx.manager.query('insert into effects (event_id) values ($1)', [event.eventId])
    await this.trouble.before(event)
  }
}

@Module({ controllers: [PolicyReader], providers: [Trouble] })
class ReaderModule {}

/** A producer (as content) and a consumer (as scheduling), each with a database of its own. */
export async function twoServices(natsUrl: string, overrides: Partial<ServiceParts> = {}) {
  const [mine, theirs] = await Promise.all([
    testDatabase(eventsDatabase),
    testDatabase(eventsDatabase),
  ])
  const producer = await started(serviceParts('content', natsUrl, mine.url, [], overrides))
  const startConsumer = () =>
    started({
      ...serviceParts('scheduling', natsUrl, theirs.url, [ReaderModule], overrides),
      consumes: [approvalPolicyChanged],
    })
  let consumer = await startConsumer()
  return {
    producer,
    get consumer() {
      return consumer
    },
    /** Closes it; with `ms`, starts it a second time, that long after the first. */
    async restartConsumer(ms?: number) {
      await consumer.close()
      consumer = await startConsumer()
      if (ms === undefined) return
      await new Promise((resolve) => setTimeout(resolve, ms))
      await consumer.close()
      consumer = await startConsumer()
    },
    get trouble() {
      return consumer.app.get(Trouble)
    },
    /** Commits `count` events; gives their ids. */
    publish: (count: number) => publish(producer, count),
    effects: () => effectsOf(consumer.app.get(DataSource)),
    async close() {
      await Promise.all([producer.close(), consumer.close()])
      await Promise.all([mine.drop(), theirs.drop()])
    },
  }
}

async function publish(producer: RunningService, count: number): Promise<void> {
  const call: CallContext = systemContext(newId('workspace'), 'content')
  await producer.app.get(Transactions).run(async (tx) => {
    for (let i = 0; i < count; i++) {
      tx.publish(approvalPolicyChanged, call, {
        before: { approval: 'none' },
        after: { approval: 'other_person' },
      })
    }
  })
}

export function serviceParts(
  service: ServiceParts['service'],
  natsUrl: string,
  databaseUrl: string,
  modules: Type[],
  overrides: Partial<ServiceParts> = {},
): ServiceParts {
  return {
    service,
    natsUrl,
    consumes: [],
    databaseUrl,
    database: eventsDatabase,
    modules,
    http: { port: 0, host: '127.0.0.1' },
    logger: createLogger(service, process.env.HAMAVA_TEST_LOG ?? 'fatal'),
    redeliverAfterMs: [50],
    ackWaitMs: 2_000,
    ...overrides,
  }
}

async function started(options: ServiceParts): Promise<RunningService> {
  const service = await createService(options)
  await service.start()
  return service
}
