import type { Guarantees } from '@hamava/networks'
import { outboundTimeoutMs } from '@hamava/service-kit'

/** What to do about a request whose outcome is not known. */
export type Reconciliation =
  | { kind: 'send_again' }
  | { kind: 'wait'; until: Date }
  | { kind: 'find' }
  | { kind: 'unconfirmed' }

/** When the requests in question left. */
export interface Doubt {
  firstStartedAt: Date
  lastStartedAt: Date
  now: Date
}

/**
 * Never resends blindly. Within the window of the network's key (or with an id of our own choosing)
 * the same request again is harmless; otherwise the channel is read, and only once the post must be
 * visible if it exists; where neither can be, a person decides.
 */
export function reconcile(
  { idempotency, readBack }: Guarantees,
  canFind: boolean,
  { firstStartedAt, lastStartedAt, now }: Doubt,
): Reconciliation {
  if (idempotency.kind === 'client_id') return { kind: 'send_again' }
  if (idempotency.kind === 'key') {
    // A minute of margin, as the network's clock began when our request arrived.
    const windowEnds = firstStartedAt.getTime() + idempotency.windowMs - 60_000
    if (now.getTime() < windowEnds) return { kind: 'send_again' }
  }
  if (!canFind || !readBack) return { kind: 'unconfirmed' }
  const settled = new Date(lastStartedAt.getTime() + outboundTimeoutMs + readBack.settleMs)
  return now < settled ? { kind: 'wait', until: settled } : { kind: 'find' }
}
