import type { BodyOf, CallContext, EventContract } from '@hamava/contracts'
import type { Tx } from './transactions.ts'

/** What a handler gets beside the body: who caused it, and the transaction its effect belongs in. */
export interface EventContext {
  readonly eventId: string
  readonly call: CallContext
  readonly causationId: string | null
  /** How often this event was delivered, this time included. */
  readonly deliveries: number
  /** Open, and already holding the mark that this event was handled. What it publishes names this event as its cause. */
  readonly tx: Tx
}

/** One of several events that are handled together. */
export type EventOf<E extends EventContract> = EventContext & { readonly body: BodyOf<E> }

/** The transaction that events share. What follows from one of them is published through its own `tx`. */
export type SharedTx = Pick<Tx, 'manager' | 'afterCommit'>

/** An event as the transport hands it to the wrapped method, its body not yet parsed. */
export type Unparsed = EventContext & { readonly body: unknown }

/** What the transport hands over beside the events; the error comes back through it, unwrapped. */
export interface Delivery {
  readonly tx: SharedTx
  failure?: unknown
}
