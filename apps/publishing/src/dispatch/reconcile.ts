import type { Guarantees } from '@hamava/networks'

/** What to do about a request whose outcome is not known. */
export type Reconciliation =
  | { kind: 'send_again' }
  | { kind: 'wait'; until: Date }
  | { kind: 'find' }
  | { kind: 'unconfirmed' }

/** What is known of the requests in question. */
export interface Doubt {
  firstStartedAt: Date
  /** The last moment at which one of them can have left. */
  lastSentAt: Date
  /** The network said that it has this already: the same request again would only hear that again. */
  isDuplicate: boolean
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
  requestTimeoutMs: number,
  { firstStartedAt, lastSentAt, isDuplicate, now }: Doubt,
): Reconciliation {
  if (!isDuplicate) {
    if (idempotency.kind === 'client_id') return { kind: 'send_again' }
    if (idempotency.kind === 'key') {
      // A minute of margin, as the network's clock began when our request arrived.
      const windowEnds = firstStartedAt.getTime() + idempotency.windowMs - 60_000
      if (now.getTime() < windowEnds) return { kind: 'send_again' }
    }
  }
  if (!canFind || !readBack) return { kind: 'unconfirmed' }
  const settled = new Date(lastSentAt.getTime() + requestTimeoutMs + readBack.settleMs)
  return now < settled ? { kind: 'wait', until: settled } : { kind: 'find' }
}
