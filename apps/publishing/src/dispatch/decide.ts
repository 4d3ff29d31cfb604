import type { Outcome } from '@hamava/networks'
import type { LivePart, PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'
import { retryDelayMs } from './retry-delay.ts'

type Progress = Pick<
  PublicationRow,
  'attemptCount' | 'part' | 'partCount' | 'liveParts' | 'dueAt' | 'publishedAt'
>

/** What follows from an outcome, besides the row: the channel's access is gone. */
export interface Decision {
  change: Partial<PublicationRow>
  channelLost: boolean
}

/** Attempts after which a failure that may pass counts as one that does not. */
const maxAttempts = 12

/**
 * The one table of what follows from an outcome. Pure: the time, the row's progress and when its
 * first request left are given.
 */
export function decide(
  outcome: Outcome,
  row: Progress,
  { now, startedAt }: { now: Date; startedAt: Date },
): Decision {
  const stay = (change: Partial<PublicationRow>): Decision => ({ change, channelLost: false })
  const later = (at: Date, change: Partial<PublicationRow> = {}) =>
    stay({ state: 'planned', nextAttemptAt: at, pendingState: null, ...change })
  switch (outcome.kind) {
    case 'published':
      return stay(partIsUp(outcome, row, now, startedAt))
    case 'pending':
      return stay({
        state: 'pending',
        pendingState: { state: outcome.state },
        nextAttemptAt: new Date(now.getTime() + outcome.checkAfterMs),
        reason: null,
      })
    case 'rate_limited':
      return later(outcome.until, { reason: outcome.reason })
    case 'temporary':
      if (row.attemptCount >= maxAttempts) {
        return stay({ state: 'failed', reason: reasons.gaveUp(row.attemptCount, outcome.reason) })
      }
      return later(new Date(now.getTime() + retryDelayMs(row.attemptCount)), {
        reason: outcome.reason,
      })
    case 'rejected':
      return stay({ state: 'failed', reason: outcome.reason, pendingState: null })
    case 'reconnect':
      return { change: { state: 'held', reason: outcome.reason }, channelLost: true }
    case 'duplicate':
    case 'unknown_outcome':
      return stay({ state: 'sending', reason: outcome.reason, nextAttemptAt: now })
  }
}

function partIsUp(
  outcome: Extract<Outcome, { kind: 'published' }>,
  row: Progress,
  now: Date,
  startedAt: Date,
): Partial<PublicationRow> {
  const { id, permalink, ref } = outcome
  const live: LivePart = {
    part: row.part,
    id,
    permalink,
    ref: { value: ref },
    at: now.toISOString(),
  }
  const liveParts = [...row.liveParts, live]
  const progress = { liveParts, pendingState: null, absentReads: 0, reason: null }
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
