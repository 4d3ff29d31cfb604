import { storableText } from '@hamava/contracts'
import { prepared } from '@hamava/service-kit'
import { Inject, Injectable, Logger } from '@nestjs/common'
import type { MessageHandler } from '@nestjs/microservices'
import { DataSource } from 'typeorm'
import { type BusOptions, busOptionsToken } from '../options.ts'
import { DeadLetterEntry } from './dead-letter.entity.ts'
import type { Delivery, EventContext, Unparsed } from './event-context.ts'
import { Transactions } from './transactions.ts'

/** An event as it came, whether from the stream or out of the dead letters. */
export interface ReceivedEvent {
  name: string
  body: unknown
  context: Omit<EventContext, 'tx'>
}

const defaultRedelivery = [100, 500, 2_000, 5_000, 15_000, 60_000]
const defaultMaxDeliveries = 12
/** After this many attempts without a result, the handler of an event is taken to end its process. */
const maxAttempts = 3

/** Each attempt to handle the event ended the process. */
export class NeverFinished extends Error {
  override name = 'NeverFinished'

  constructor(attempts: number) {
    super(`its handler was started ${attempts} times and never came back: it ends the process`)
  }
}

/** Runs handlers on received events; the effects and the marks `handled` are one transaction. */
@Injectable()
export class EventProcessor {
  private readonly logger = new Logger('events')
  private readonly delays: number[]
  readonly maxDeliveries: number

  constructor(
    private readonly transactions: Transactions,
    private readonly dataSource: DataSource,
    @Inject(busOptionsToken) options: BusOptions,
  ) {
    this.delays = options.redeliverAfterMs ?? defaultRedelivery
    this.maxDeliveries = options.maxDeliveries ?? defaultMaxDeliveries
  }

  /**
   * Handles events in their order, in one transaction: all of them have their effect, or none. Throws
   * what the handler threw; an event that was handled before has no second effect.
   */
  async process(received: ReceivedEvent[], handler: MessageHandler): Promise<void> {
    await this.transactions.run(async (tx) => {
      const marked = await prepared<{ id: string }>(
        tx.manager,
        `insert into handled_events (id) select distinct unnest($1::text[]) order by 1
         on conflict do nothing returning id`,
        [received.map(({ context }) => context.eventId)],
      )
      const fresh = new Set(marked.map(({ id }) => id))
      const events: Unparsed[] = received
        .filter(({ context }) => fresh.delete(context.eventId))
        .map(({ body, context }) => ({ ...context, body, tx: tx.causedBy(context.eventId) }))
      if (events.length === 0) return
      const delivery: Delivery = { tx }
      await handler(events, delivery)
      if (delivery.failure !== undefined) throw delivery.failure
    })
  }

  /**
   * Handles a redelivered event and counts the attempt first: a handler that ends its process never reports back.
   * Throws `NeverFinished` after `maxAttempts`. Takes one event at a time, so that no other is blamed.
   */
  async processAgain(received: ReceivedEvent, handler: MessageHandler): Promise<void> {
    const { eventId } = received.context
    const attempts = await this.countAttempt(eventId)
    try {
      if (attempts > maxAttempts) throw new NeverFinished(attempts - 1)
      await this.process([received], handler)
    } finally {
      await this.dataSource.query('delete from unfinished_events where id = $1', [eventId])
    }
  }

  /** Attempts without a result, this one included. */
  private async countAttempt(eventId: string): Promise<number> {
    const [row] = await this.dataSource.query<{ begun: number }[]>(
      // The count must survive a crash of this process, not of PostgreSQL.
      `with unhurried as (select set_config('synchronous_commit', 'off', true))
       insert into unfinished_events (id, begun) select $1, 1 from unhurried
       on conflict (id) do update set begun = unfinished_events.begun + 1, begun_at = now()
       returning begun`,
      [eventId],
    )
    return row?.begun ?? 1
  }

  redeliverAfterMs(deliveries: number): number {
    const last = this.delays.length - 1
    return this.delays[Math.min(deliveries - 1, last)] ?? 1_000
  }

  async deadLetter(received: ReceivedEvent, error: unknown): Promise<void> {
    const { call, causationId, eventId, deliveries } = received.context
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.logger.error(`${received.name} ${eventId} goes to the dead letters: ${cause}`)
    const { traceparent: _trace, ...context } = call
    await this.dataSource.getRepository(DeadLetterEntry).upsert(
      {
        id: eventId,
        direction: 'incoming',
        event: received.name,
        context,
        causationId,
        body: received.body as object,
        error: storableText(cause, 10_000),
        deliveries,
        failedAt: new Date(),
        replayedAt: null,
      },
      ['id'],
    )
  }
}
