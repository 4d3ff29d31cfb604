import type { Attempt, Reason } from '@hamava/contracts'
import type { Exchange } from '@hamava/networks'
import type { AttemptRow } from '../publications/attempt.entity.ts'
import type { PublicationRow } from '../publications/publication.entity.ts'
import { toAttempt } from '../publications/to-publication.ts'
import { genesisOf, linkOf } from './link.ts'

/** How an attempt ended. */
export interface FinishedAttempt {
  attempt: AttemptRow
  outcome: NonNullable<Attempt['outcome']>
  reason: Reason | null
  exchanges: Exchange[]
}

/** An attempt as it ended, linked to those that ended before. */
export function finishAttempt(row: PublicationRow, ended: FinishedAttempt, now: Date): AttemptRow {
  const { outcome, reason } = ended
  const exchanges = ended.exchanges.map(({ at, method, url, status, reply, ms }) => ({
    at: at.toISOString(),
    method,
    url,
    status,
    reply,
    ms,
  }))
  const attempt = { ...ended.attempt, finishedAt: now, outcome, reason, exchanges }
  attempt.hash = linkOf(row.evidenceHead ?? genesisOf(row.id), toAttempt(attempt))
  attempt.link = row.evidenceLinks + 1
  Object.assign(row, { evidenceHead: attempt.hash, evidenceLinks: attempt.link })
  return attempt
}
