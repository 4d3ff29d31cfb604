import type { EntityManager } from 'typeorm'
import type { AttemptRow } from '../publications/attempt.entity.ts'
import type { PublicationRow } from '../publications/publication.entity.ts'

/** Writes what a batch of results changed: one statement for publications, one for attempts. */
export async function writeEnds(
  manager: EntityManager,
  rows: PublicationRow[],
  changed: Set<PublicationRow>,
  ended: AttemptRow[],
): Promise<void> {
  if (changed.size > 0) await writeRows(manager, [...changed])
  const evidence = rows.filter((row) => !changed.has(row))
  if (evidence.length > 0) await writeHeads(manager, evidence)
  if (ended.length > 0) await writeAttempts(manager, ended)
}

async function writeRows(manager: EntityManager, rows: PublicationRow[]): Promise<void> {
  await manager.query(
    `update publications p
     set state = n.state, next_attempt_at = n.next_attempt_at, failures = n.failures, part = n.part,
         live_parts = n.live_parts, pending_state = n.pending_state, absent_reads = n.absent_reads,
         remote_id = n.remote_id, permalink = n.permalink, published_at = n.published_at,
         lateness_ms = n.lateness_ms, reason = n.reason, risks = n.risks, prepared = n.prepared,
         hold_id = n.hold_id, stuck_since = n.stuck_since, evidence_head = n.evidence_head,
         evidence_links = n.evidence_links, revision = n.revision, lease_owner = null, lease_until = null
     from jsonb_to_recordset($1::jsonb) as n(
       id text, state text, next_attempt_at timestamptz, failures int, part int, live_parts jsonb,
       pending_state jsonb, absent_reads int, remote_id text, permalink text, published_at timestamptz,
       lateness_ms int, reason jsonb, risks jsonb, prepared jsonb, hold_id text, stuck_since timestamptz,
       evidence_head text, evidence_links int, revision int)
     where p.id = n.id`,
    [
      JSON.stringify(
        rows.map((row) => ({
          id: row.id,
          state: row.state,
          next_attempt_at: row.nextAttemptAt,
          failures: row.failures,
          part: row.part,
          live_parts: row.liveParts,
          pending_state: row.pendingState ?? undefined,
          absent_reads: row.absentReads,
          remote_id: row.remoteId,
          permalink: row.permalink,
          published_at: row.publishedAt,
          lateness_ms: row.latenessMs,
          reason: row.reason ?? undefined,
          risks: row.risks,
          prepared: row.prepared ?? undefined,
          hold_id: row.holdId,
          stuck_since: row.stuckSince,
          evidence_head: row.evidenceHead,
          evidence_links: row.evidenceLinks,
          revision: row.revision,
        })),
      ),
    ],
  )
}

/** An answer that came too late is a link of the chain, and nothing else. */
async function writeHeads(manager: EntityManager, rows: PublicationRow[]): Promise<void> {
  await manager.query(
    `update publications p set evidence_head = n.head, evidence_links = n.links
     from unnest($1::text[], $2::text[], $3::int[]) as n(id, head, links) where p.id = n.id`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.evidenceHead),
      rows.map((row) => row.evidenceLinks),
    ],
  )
}

async function writeAttempts(manager: EntityManager, attempts: AttemptRow[]): Promise<void> {
  await manager.query(
    `update attempts a
     set finished_at = n.finished_at, outcome = n.outcome, reason = n.reason,
         exchanges = n.exchanges, hash = n.hash, link = n.link
     from jsonb_to_recordset($1::jsonb) as n(
       id text, finished_at timestamptz, outcome text, reason jsonb, exchanges jsonb, hash text, link int)
     where a.id = n.id and a.finished_at is null`,
    [
      JSON.stringify(
        attempts.map((attempt) => ({
          id: attempt.id,
          finished_at: attempt.finishedAt,
          outcome: attempt.outcome,
          reason: attempt.reason ?? undefined,
          exchanges: attempt.exchanges,
          hash: attempt.hash,
          link: attempt.link,
        })),
      ),
    ],
  )
}
