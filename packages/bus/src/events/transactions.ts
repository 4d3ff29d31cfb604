import { setTimeout as delay } from 'node:timers/promises'
import type { BodyOf, CallContext, EventContract } from '@hamava/contracts'
import { AppError, isConflict } from '@hamava/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { enter, isDoneAlready, replyToKeep } from '../requests/idempotency.ts'
import { OutboxRelay } from './outbox-relay.ts'
import { linesOf, type PendingEvent, pendingEvent, writeOutbox } from './write-outbox.ts'

/** An open transaction: its writes, and the events that become facts with it. */
export interface Tx {
  readonly manager: EntityManager
  /** Publishes an event when the transaction commits; parses the body by its contract. Throws if it is too large. */
  publish<E extends EventContract>(event: E, call: CallContext, body: BodyOf<E>): void
  /** The same transaction; events published through it name `eventId` as their cause. */
  causedBy(eventId: string): Tx
  /** Runs after the commit, and only then: wake-ups, never effects that must not be lost. */
  afterCommit(work: () => void): void
}

/** How often a transaction that was rolled back by a conflict is tried. */
const mostTries = 6
/** Before the n-th repetition it waits for up to n times this, so that the two do not meet again. */
const pauseMs = 20

/** The one way to change data: a change and its events are committed together, then relayed at once. */
@Injectable()
export class Transactions {
  private readonly logger = new Logger('transactions')

  constructor(
    private readonly dataSource: DataSource,
    private readonly relay: OutboxRelay,
  ) {}

  /**
   * Runs the work in a transaction. After a deadlock or serialization failure the work runs again, so it must read
   * everything it decides by inside.
   */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.runOnce(work)
      } catch (error) {
        if (!isConflict(error) || tries === mostTries) throw error
        this.logger.warn(`runs again after ${String(error)}`)
        await delay(Math.random() * pauseMs * tries)
      }
    }
  }

  private async runOnce<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const pending: PendingEvent[] = []
    const afterwards: (() => void)[] = []
    const result = await this.dataSource.transaction(async (manager) => {
      await enter(manager)
      const value = await work(open(manager, pending, afterwards, null))
      await finish(manager, pending, value)
      return value
    })
    if (pending.length > 0) this.relay.wake(linesOf(pending))
    for (const later of afterwards) later()
    return result
  }
}

function open(
  manager: EntityManager,
  pending: PendingEvent[],
  afterwards: (() => void)[],
  causationId: string | null,
): Tx {
  return {
    manager,
    publish: (event, call, body) => pending.push(pendingEvent(event, call, causationId, body)),
    causedBy: (eventId) => open(manager, pending, afterwards, eventId),
    afterCommit: (later) => afterwards.push(later),
  }
}

/** Writes the events, and the answer to a request with an idempotency key, in the transaction of the change. */
async function finish(manager: EntityManager, pending: PendingEvent[], value: unknown) {
  const replies = replyToKeep(value)
  if (pending.length === 0 && replies.length === 0) return
  try {
    await writeOutbox(manager, pending, replies)
  } catch (error) {
    if (isDoneAlready(error)) throw new AppError('idempotency_in_flight')
    throw error
  }
}
