import type { Attempt, Reason } from '@hamava/contracts'
import type { Witnessed } from '@hamava/networks'
import type { AttemptRow } from '../publications/attempt.entity.ts'
import type { PublicationRow } from '../publications/publication.entity.ts'
import { showAttempt } from '../publications/show-publication.ts'
import { genesisOf, linkOf } from './link.ts'

/** How an attempt ended. */
export interface Ended {
  attempt: AttemptRow
  outcome: NonNullable<Attempt['outcome']>
  reason: Reason | null
  witnessed: Witnessed[]
}

/** An attempt as it ended, linked to those that ended before. */
export function endAttempt(row: PublicationRow, ended: Ended, now: Date): AttemptRow {
  const { outcome, reason, witnessed } = ended
  const exchanges = witnessed.map(({ at, method, url, status, reply, ms }) => ({
    at: at.toISOString(),
    method,
    url,
    status,
    reply,
    ms,
  }))
  const attempt = { ...ended.attempt, finishedAt: now, outcome, reason, exchanges }
  attempt.hash = linkOf(row.evidenceHead ?? genesisOf(row.id), showAttempt(attempt))
  attempt.link = row.evidenceLinks + 1
  Object.assign(row, { evidenceHead: attempt.hash, evidenceLinks: attempt.link })
  return attempt
}
