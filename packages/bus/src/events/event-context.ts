import type { BodyOf, CallContext, EventContract } from '@hamava/contracts'
import type { Tx } from './transactions.ts'

/** What a handler gets besides the body: who caused the event, and the transaction for its effects. */
export interface EventContext {
  readonly eventId: string
  readonly call: CallContext
  readonly causationId: string | null
  /** How often this event was delivered, this time included. */
  readonly deliveries: number
  /** Open, with the row in `handled_events` already written. Events published through it name this event as cause. */
  readonly tx: Tx
}

/** One of several events that are handled together. */
export type EventOf<E extends EventContract> = EventContext & { readonly body: BodyOf<E> }

/** The transaction that a batch of events shares. Publish through the `tx` of the event that is the cause. */
export type SharedTx = Pick<Tx, 'manager' | 'afterCommit'>

/** An event as the transport hands it to the wrapped method, its body not yet parsed. */
export type Unparsed = EventContext & { readonly body: unknown }

/** What the transport passes besides the events; it returns the handler's error in `failure`, not wrapped by Nest. */
export interface Delivery {
  readonly tx: SharedTx
  failure?: unknown
}
