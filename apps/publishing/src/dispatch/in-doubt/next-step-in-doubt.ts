import type { Guarantees } from '@hamava/networks'

/** What to do about a request whose outcome is not known. */
export type StepInDoubt =
  /** The same request again is harmless. */
  | { kind: 'send_again' }
  | { kind: 'wait'; until: Date }
  /** Look on the channel; that nothing is there proves nothing before `provenFrom`. */
  | { kind: 'find'; provenFrom: Date }
  | { kind: 'unconfirmed' }

/** What is known of the requests in question. */
export interface RequestsInDoubt {
  firstStartedAt: Date
  /** The last moment at which one of them can have left. */
  lastSentAt: Date
  /** The network answered that it has this already; repeating the request would get the same answer. */
  isDuplicate: boolean
  /** Whether the channel was looked at since, and nothing was there. */
  wasAbsent: boolean
  now: Date
}

export interface ReadingBack {
  /** Whether the connector can look for this kind of thing. */
  canFind: boolean
  /** How long a request of ours takes at most. */
  requestTimeoutMs: number
  /** Replaces `idempotency.waitMs`; for tests, whose networks are quick. */
  waitMs?: number | undefined
}

/**
 * Never resends blindly. With an id of our own, or within the window of a key that the network keeps before it works,
 * the same request again is harmless. Otherwise the channel is read at once, for what is up already, and once more when
 * the request cannot be under way any more; where it cannot be read, a person decides.
 */
export function nextStepInDoubt(
  { idempotency, readBack }: Guarantees,
  { canFind, requestTimeoutMs, waitMs }: ReadingBack,
  { firstStartedAt, lastSentAt, isDuplicate, wasAbsent, now }: RequestsInDoubt,
): StepInDoubt {
  if (!isDuplicate) {
    if (idempotency.kind === 'client_id') return { kind: 'send_again' }
    if (idempotency.kind === 'key_first') {
      // A minute of margin, as the network's clock began when our request arrived.
      const windowEnds = firstStartedAt.getTime() + idempotency.windowMs - 60_000
      if (now.getTime() < windowEnds) return { kind: 'send_again' }
    }
  }
  if (!canFind || !readBack) return { kind: 'unconfirmed' }
  const mayTakeMs = 'waitMs' in idempotency ? (waitMs ?? idempotency.waitMs) : 0
  const visibleFrom = after(lastSentAt, readBack.settleMs)
  const provenFrom = after(visibleFrom, Math.max(requestTimeoutMs, mayTakeMs))
  const lookFrom = wasAbsent ? provenFrom : visibleFrom
  return now < lookFrom ? { kind: 'wait', until: lookFrom } : { kind: 'find', provenFrom }
}

const after = (at: Date, ms: number) => new Date(at.getTime() + ms)
