import { reasons } from '../reasons.ts'
import type { PublicationRow } from './publication.entity.ts'
import type { StateChange } from './transition.ts'

/** The due time becomes now: lateness is counted from the moment a person asked for. */
export function retryNow(now: Date): StateChange {
  return {
    state: 'planned',
    dueAt: now,
    nextAttemptAt: now,
    absentReads: 0,
    failures: 0,
    risks: [],
    reason: null,
  }
}

/** The network's own id stays unknown: parts that would follow have nothing to be attached to. */
export function takeAsLive(row: PublicationRow, permalink: string, sentAt: Date): StateChange {
  const part = {
    part: row.part,
    id: permalink,
    permalink,
    ref: { value: null },
    at: sentAt.toISOString(),
  }
  const liveParts = [...row.liveParts, part]
  const first = liveParts[0] ?? part
  const isWhole = row.part + 1 === row.partCount
  return {
    state: isWhole ? 'published' : 'failed',
    part: isWhole ? row.part : row.part + 1,
    liveParts,
    remoteId: first.id,
    permalink: first.permalink,
    publishedAt: isWhole ? sentAt : null,
    reason: isWhole ? null : reasons.cannotContinue(),
  }
}

/** Ends with the parts that are up, and without the others. */
export function acceptAsItIs(row: PublicationRow): StateChange {
  const ended = { pendingState: null, prepared: null }
  const last = row.liveParts.at(-1)
  if (!last) {
    const reason = reasons.acceptedAsItIs(row.state === 'unconfirmed')
    return { ...ended, state: 'cancelled', reason }
  }
  return {
    ...ended,
    state: 'published',
    publishedAt: new Date(last.at),
    reason: reasons.restDropped(row.liveParts.length, row.partCount),
  }
}

/** Begins again with its first part; what is up of it stays up, and is remembered. */
export function publishAsNew(row: PublicationRow, now: Date): StateChange {
  return {
    ...retryNow(now),
    round: row.round + 1,
    clearedUpTo: 0,
    keyTurn: 0,
    part: 0,
    liveParts: [],
    formerParts: [...row.formerParts, ...row.liveParts],
    prepared: null,
    remoteId: null,
    permalink: null,
    publishedAt: null,
    latenessMs: null,
  }
}
