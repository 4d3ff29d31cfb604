import type { BodyOf, CallContext, EventContract } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { enter, leave } from '../requests/idempotency.ts'
import { OutboxRelay } from './outbox-relay.ts'

/** An open transaction: its writes, and the events that become facts with it. */
export interface Tx {
  readonly manager: EntityManager
  /** Keeps an event for the moment of the commit; the body is parsed by its contract. */
  publish<E extends EventContract>(event: E, call: CallContext, body: BodyOf<E>): void
  /** Runs after the commit, and only then: wake-ups, never effects that must not be lost. */
  afterCommit(work: () => void): void
}

interface Pending {
  id: string
  event: string
  context: CallContext
  body: unknown
}

/** The one way to change data: a change and its events are committed together, then relayed at once. */
@Injectable()
export class Transactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly relay: OutboxRelay,
  ) {}

  /** @param causationId the event that led to this, where one did. */
  async run<T>(work: (tx: Tx) => Promise<T>, causationId: string | null = null): Promise<T> {
    const pending: Pending[] = []
    const afterwards: (() => void)[] = []
    const result = await this.dataSource.transaction(async (manager) => {
      await enter(manager)
      const value = await work({
        manager,
        publish: (event, context, body) =>
          pending.push({
            id: newId('event'),
            event: event.name,
            context,
            body: event.schema.parse(body),
          }),
        afterCommit: (later) => afterwards.push(later),
      })
      if (pending.length > 0) await insert(manager, pending, causationId)
      await leave(manager, value)
      return value
    })
    if (pending.length > 0) this.relay.wake()
    for (const later of afterwards) later()
    return result
  }
}

async function insert(manager: EntityManager, pending: Pending[], causationId: string | null) {
  await manager.query(
    `insert into outbox (id, event, context, causation_id, body)
     select e->>'id', e->>'event', e->'context', $2, e->'body'
     from jsonb_array_elements($1::jsonb) as e`,
    [JSON.stringify(pending), causationId],
  )
}
