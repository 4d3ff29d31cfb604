import type { BodyOf, CallContext, EventContract } from '@hamava/contracts'
import { AppError, newId, prepared } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { enter, isDoneAlready, replyToKeep } from '../requests/idempotency.ts'
import { OutboxRelay } from './outbox-relay.ts'

/** An open transaction: its writes, and the events that become facts with it. */
export interface Tx {
  readonly manager: EntityManager
  /** Keeps an event for the moment of the commit; the body is parsed by its contract. */
  publish<E extends EventContract>(event: E, call: CallContext, body: BodyOf<E>): void
  /** The same transaction, for what follows from this event: what is published names it as its cause. */
  causedBy(eventId: string): Tx
  /** Runs after the commit, and only then: wake-ups, never effects that must not be lost. */
  afterCommit(work: () => void): void
}

interface Pending {
  id: string
  event: string
  context: CallContext
  causationId: string | null
  body: unknown
}

/** The one way to change data: a change and its events are committed together, then relayed at once. */
@Injectable()
export class Transactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly relay: OutboxRelay,
  ) {}

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const pending: Pending[] = []
    const afterwards: (() => void)[] = []
    const result = await this.dataSource.transaction(async (manager) => {
      await enter(manager)
      const value = await work(open(manager, pending, afterwards, null))
      await finish(manager, pending, value)
      return value
    })
    if (pending.length > 0) this.relay.wake()
    for (const later of afterwards) later()
    return result
  }
}

function open(
  manager: EntityManager,
  pending: Pending[],
  afterwards: (() => void)[],
  causationId: string | null,
): Tx {
  return {
    manager,
    publish: (event, context, body) => {
      const parsed = event.schema.parse(body)
      pending.push({ id: newId('event'), event: event.name, context, causationId, body: parsed })
    },
    causedBy: (eventId) => open(manager, pending, afterwards, eventId),
    afterCommit: (later) => afterwards.push(later),
  }
}

/** The events, and the answer to a request that is to be done once, become part of the change. */
async function finish(manager: EntityManager, pending: Pending[], value: unknown): Promise<void> {
  const replies = replyToKeep(value)
  if (pending.length === 0 && replies.length === 0) return
  try {
    await prepared(
      manager,
      `with events as (
         insert into outbox (id, event, context, causation_id, body)
         select e->>'id', e->>'event', e->'context', e->>'causationId', e->'body'
         from jsonb_array_elements($1::jsonb) as e)
       insert into idempotent_requests (key, fingerprint, reply)
       select r->>'key', r->>'fingerprint', r->'reply' from jsonb_array_elements($2::jsonb) as r`,
      [JSON.stringify(pending), JSON.stringify(replies)],
    )
  } catch (error) {
    if (isDoneAlready(error)) throw new AppError('idempotency_in_flight')
    throw error
  }
}
