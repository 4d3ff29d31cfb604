import type { Outcome } from '@hamava/networks'
import type { LivePart, PublicationRow } from '../../publications/publication.entity.ts'
import { reasons } from '../../reasons.ts'
import { risks } from '../../risks/risks.ts'
import { checkDelayMs } from './check-delay.ts'
import { retryDelayMs } from './retry-delay.ts'

/** `failed`, without the uploads, which are not used any more. */
const failed = { state: 'failed' as const, pendingState: null, prepared: null }

type Progress = Pick<
  PublicationRow,
  'failures' | 'part' | 'partCount' | 'liveParts' | 'dueAt' | 'pendingState' | 'network' | 'keyTurn'
>

export interface Circumstances {
  now: Date
  /** When this attempt began. */
  startedAt: Date
  /**
   * When the first request for this part with an open outcome left: it may have been carried out, so a refusal of
   * this attempt settles nothing. Null when there is none.
   */
  inDoubtSince: Date | null
}

/** Failures in a row after which a temporary one counts as final. */
const maxFailures = 12
/** Processing that takes longer than this counts as never ending. */
const maxPendingMs = 2 * 3_600_000
/** A person is told of processing that takes longer than this. */
const longPendingMs = 60_000

/** The one table of what follows from an outcome. Pure: the row's progress and the time are given. */
export function decide(
  outcome: Outcome,
  row: Progress,
  given: Circumstances,
): Partial<PublicationRow> {
  const { now } = given
  const isInDoubt = given.inDoubtSince !== null
  const mayBeUp = isInDoubt || isPublishing(row)
  const waiting = whereItWaits(row, isInDoubt)
  const afterWhile = new Date(now.getTime() + retryDelayMs(row.failures + 1))
  const failures = row.failures + 1
  const keyTurn = row.keyTurn + (isKeyUsedUp(outcome) && !isInDoubt ? 1 : 0)
  switch (outcome.kind) {
    case 'published':
      return partIsUp(outcome, row, given)
    case 'pending':
      return stillProcessing(outcome, row, given)
    case 'rate_limited':
      return { state: waiting, nextAttemptAt: outcome.until, reason: outcome.reason, keyTurn }
    case 'temporary':
      if (failures >= maxFailures && !mayBeUp) {
        return { ...failed, reason: reasons.gaveUp(failures, outcome.reason) }
      }
      return {
        state: waiting,
        nextAttemptAt: afterWhile,
        failures,
        reason: outcome.reason,
        keyTurn,
      }
    case 'rejected':
      return { ...refused(outcome, row, mayBeUp || outcome.mayBeUp === true), keyTurn }
    case 'reconnect':
      return mayBeUp
        ? { state: waiting, nextAttemptAt: afterWhile, failures, reason: outcome.reason }
        : { state: 'held', reason: outcome.reason }
    case 'duplicate':
      return { state: 'sending', reason: outcome.reason, nextAttemptAt: now }
    case 'unknown_outcome':
      return { state: 'sending', reason: outcome.reason, nextAttemptAt: afterWhile, failures }
  }
}

/** The network has kept its refusal under the key, and would only repeat it. */
const isKeyUsedUp = (outcome: Outcome) => 'isKeyUsedUp' in outcome && outcome.isKeyUsedUp === true

/** The network publishes by itself once its processing is done. */
const isPublishing = ({ pendingState }: Progress) =>
  pendingState !== null && pendingState.stage !== 'preparing'

/** While in doubt a row never goes back to where it could be edited, cancelled or sent blindly. */
function whereItWaits({ pendingState }: Progress, isInDoubt: boolean) {
  if (isInDoubt) return 'sending'
  return pendingState ? 'pending' : 'planned'
}

function refused(
  { reason }: Extract<Outcome, { kind: 'rejected' }>,
  { liveParts }: Progress,
  mayBeUp: boolean,
): Partial<PublicationRow> {
  if (mayBeUp) {
    return { state: 'unconfirmed', reason: reasons.refusedInDoubt(reason), pendingState: null }
  }
  const said = liveParts.length > 0 ? reasons.partRefused(reason) : reason
  return { ...failed, reason: said }
}

function stillProcessing(
  { state, stage, checkAfterMs }: Extract<Outcome, { kind: 'pending' }>,
  row: Progress,
  { now, inDoubtSince }: Circumstances,
): Partial<PublicationRow> {
  const since = row.pendingState?.since ?? now.toISOString()
  const processingMs = now.getTime() - Date.parse(since)
  const isInDoubt = inDoubtSince !== null
  if (processingMs > maxPendingMs) {
    return isInDoubt || stage === 'publishing'
      ? { state: 'unconfirmed', reason: reasons.processingEndless(row.network) }
      : { ...failed, reason: reasons.processingFailed(row.network) }
  }
  const isLong = processingMs > longPendingMs
  return {
    state: isInDoubt ? 'sending' : 'pending',
    pendingState: { state, since, stage },
    nextAttemptAt: new Date(now.getTime() + checkDelayMs(processingMs, checkAfterMs)),
    failures: 0,
    reason: null,
    risks: isLong ? [risks.processingLong(row.network, stage, processingMs)] : [],
  }
}

function partIsUp(
  { id, permalink, ref, at }: Extract<Outcome, { kind: 'published' }>,
  row: Progress,
  given: Circumstances,
): Partial<PublicationRow> {
  const { now } = given
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
    clearedUpTo: 0,
    keyTurn: 0,
    failures: 0,
    risks: [],
    stuckSince: null,
    reason: null,
  }
  const latenessMs = Math.max(0, visibleSince(at, given).getTime() - row.dueAt.getTime())
  const first = row.part === 0 ? { remoteId: id, permalink, latenessMs } : {}
  if (row.part + 1 < row.partCount) {
    return { ...progress, ...first, state: 'planned', part: row.part + 1, nextAttemptAt: now }
  }
  return { ...progress, ...first, state: 'published', publishedAt: now }
}

/**
 * When the request that made the part visible left. If several may have, the network's own time counts, limited to the
 * span from `inDoubtSince` to now; without one, the start of the attempt that settled it.
 */
function visibleSince(at: Date | undefined, { now, startedAt, inDoubtSince }: Circumstances): Date {
  if (!inDoubtSince) return startedAt
  const latest = at ?? startedAt
  if (latest < inDoubtSince) return inDoubtSince
  return latest > now ? now : latest
}
