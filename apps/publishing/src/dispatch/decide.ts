import type { Outcome } from '@hamava/networks'
import type { LivePart, PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'
import { retryDelayMs } from './retry-delay.ts'

type Progress = Pick<
  PublicationRow,
  'failures' | 'part' | 'partCount' | 'liveParts' | 'dueAt' | 'pendingState' | 'network'
>

export interface Circumstances {
  now: Date
  /** When the first request left that led here. */
  startedAt: Date
  /** An earlier request for this part may have been carried out: a refusal of this one settles nothing. */
  isInDoubt: boolean
}

/** Failures in a row after which one that may pass counts as one that does not. */
const maxFailures = 12
/** A network that processes longer than this will hardly end. */
const maxPendingMs = 2 * 3_600_000

/** The one table of what follows from an outcome. Pure: the row's progress and the time are given. */
export function decide(
  outcome: Outcome,
  row: Progress,
  given: Circumstances,
): Partial<PublicationRow> {
  const { now, isInDoubt } = given
  // While in doubt a row never goes back to `planned`, where it could be edited, cancelled or sent blindly.
  const waiting = isInDoubt ? ('sending' as const) : ('planned' as const)
  const afterWhile = new Date(now.getTime() + retryDelayMs(row.failures + 1))
  const failures = row.failures + 1
  switch (outcome.kind) {
    case 'published':
      return partIsUp(outcome, row, given)
    case 'pending':
      return stillProcessing(outcome, row, now)
    case 'rate_limited':
      return { state: waiting, nextAttemptAt: outcome.until, reason: outcome.reason }
    case 'temporary':
      if (failures >= maxFailures && !isInDoubt) {
        return { state: 'failed', reason: reasons.gaveUp(failures, outcome.reason) }
      }
      return { state: waiting, nextAttemptAt: afterWhile, failures, reason: outcome.reason }
    case 'rejected':
      return {
        state: isInDoubt ? 'unconfirmed' : 'failed',
        reason: outcome.reason,
        pendingState: null,
      }
    case 'reconnect':
      return isInDoubt
        ? { state: 'sending', nextAttemptAt: afterWhile, failures, reason: outcome.reason }
        : { state: 'held', reason: outcome.reason }
    case 'duplicate':
      return { state: 'sending', reason: outcome.reason, nextAttemptAt: now }
    case 'unknown_outcome':
      return { state: 'sending', reason: outcome.reason, nextAttemptAt: afterWhile, failures }
  }
}

function stillProcessing(
  outcome: Extract<Outcome, { kind: 'pending' }>,
  row: Progress,
  now: Date,
): Partial<PublicationRow> {
  const since = row.pendingState?.since ?? now.toISOString()
  if (now.getTime() - Date.parse(since) > maxPendingMs) {
    return { state: 'unconfirmed', reason: reasons.processingEndless(row.network) }
  }
  return {
    state: 'pending',
    pendingState: { state: outcome.state, since },
    nextAttemptAt: new Date(now.getTime() + outcome.checkAfterMs),
    failures: 0,
    reason: null,
  }
}

function partIsUp(
  { id, permalink, ref }: Extract<Outcome, { kind: 'published' }>,
  row: Progress,
  { now, startedAt }: Circumstances,
): Partial<PublicationRow> {
  const live: LivePart = {
    part: row.part,
    id,
    permalink,
    ref: { value: ref },
    at: now.toISOString(),
  }
  const liveParts = [...row.liveParts, live]
  const progress = {
    liveParts,
    pendingState: null,
    prepared: null,
    absentReads: 0,
    failures: 0,
    risks: [],
    stuckSince: null,
    reason: null,
  }
  const first =
    row.part === 0
      ? {
          remoteId: id,
          permalink,
          latenessMs: Math.max(0, startedAt.getTime() - row.dueAt.getTime()),
        }
      : {}
  if (row.part + 1 < row.partCount) {
    return { ...progress, ...first, state: 'planned', part: row.part + 1, nextAttemptAt: now }
  }
  return { ...progress, ...first, state: 'published', publishedAt: now }
}
