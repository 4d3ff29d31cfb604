import type { CallContext } from '@hamava/contracts'
import type { Tx } from './transactions.ts'

/** What a handler gets beside the body: who caused it, and the transaction its effect belongs in. */
export interface EventContext {
  readonly eventId: string
  readonly call: CallContext
  readonly causationId: string | null
  /** How often this event was delivered, this time included. */
  readonly deliveries: number
  /** Open, and already holding the mark that this event was handled. */
  readonly tx: Tx
}

/** What the transport hands to the wrapped method; the error comes back through it, unwrapped. */
export interface Delivery extends EventContext {
  failure?: unknown
}
