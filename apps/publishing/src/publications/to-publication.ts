import type { Attempt, Publication, PublicationDetail } from '@hamava/contracts'
import type { AttemptRow } from './attempt.entity.ts'
import { excerptOfSnapshot } from './excerpt-of-snapshot.ts'
import type { LivePart, PublicationRow } from './publication.entity.ts'

/** A row as others see it. */
export function toPublication(row: PublicationRow): Publication {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    kind: row.kind,
    postId: row.postId,
    messageId: row.messageId,
    conversationId: row.conversationId,
    excerpt: excerptOfSnapshot(row.snapshot),
    campaignId: row.campaignId,
    channelId: row.channelId,
    network: row.network,
    state: row.state,
    dueAt: row.dueAt.toISOString(),
    nextAttemptAt: waits(row) ? row.nextAttemptAt.toISOString() : null,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    latenessMs: row.latenessMs,
    remoteId: row.remoteId,
    permalink: row.permalink,
    parts: row.liveParts.map(toPart),
    partCount: row.partCount,
    formerParts: row.formerParts.map(toPart),
    approved: row.approvedHash === row.snapshotHash,
    reason: row.reason,
    risks: row.risks,
    holdId: row.holdId,
    version: row.version,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
  }
}

const toPart = ({ part, id, permalink, at }: LivePart) => ({ part, id, permalink, at })

function waits(row: PublicationRow): boolean {
  return ['planned', 'sending', 'pending'].includes(row.state)
}

export function toAttempt(row: AttemptRow): Attempt {
  return {
    id: row.id,
    number: row.number,
    part: row.part,
    step: row.step,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    outcome: row.outcome,
    fingerprint: row.fingerprint,
    idempotencyKey: row.idempotencyKey,
    reason: row.reason,
    exchanges: row.exchanges,
    hash: row.hash,
  }
}

/** A publication with all its attempts and what happened when. */
export function toPublicationDetail(
  row: PublicationRow,
  attempts: AttemptRow[],
): PublicationDetail {
  return {
    ...toPublication(row),
    attempts: attempts.map(toAttempt),
    timeline: timelineOf(row, attempts),
  }
}

export function timelineOf(
  row: PublicationRow,
  attempts: AttemptRow[],
): PublicationDetail['timeline'] {
  const entry = (
    at: Date,
    what: PublicationDetail['timeline'][number]['what'],
    attempt?: AttemptRow,
  ) => ({
    at: at.toISOString(),
    what,
    attemptId: attempt?.id ?? null,
    outcome: what === 'attempt_finished' ? (attempt?.outcome ?? null) : null,
  })
  const entries = [
    entry(row.createdAt, 'planned'),
    entry(row.dueAt, 'due'),
    ...attempts.flatMap((attempt) => [
      entry(attempt.startedAt, 'attempt_started', attempt),
      ...(attempt.finishedAt ? [entry(attempt.finishedAt, 'attempt_finished', attempt)] : []),
    ]),
    ...(row.publishedAt ? [entry(row.publishedAt, 'published')] : []),
  ]
  return entries.sort((a, b) => a.at.localeCompare(b.at))
}
