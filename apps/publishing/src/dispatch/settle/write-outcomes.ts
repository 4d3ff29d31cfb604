import { prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import type { Freed } from '../../lanes/free-lanes.ts'
import { headOf } from '../../lanes/lane-head.ts'
import { onTimeSince } from '../../lanes/work.ts'
import type { AttemptRow } from '../../publications/attempt.entity.ts'
import type { PublicationRow } from '../../publications/publication.entity.ts'

/** A lane whose publication was settled, for the next in it. */
export interface FreedAfter extends Freed {
  /** Who had leased it; a lane in other hands by now is left alone. */
  owner: string
  /** When the settled publication itself wants to go on, if it does. */
  ownNextAt: Date | null
  /** Its id, if a part of it has just gone up and another follows. */
  thread: string | null
}

/** What a batch of results consists of; rows that are not among the changed have a new link of evidence alone. */
export interface Outcomes {
  rows: PublicationRow[]
  changed: ReadonlySet<PublicationRow>
  finished: AttemptRow[]
  lanes?: FreedAfter[]
}

/** Writes what a batch of results changed, in one statement. */
export async function writeOutcomes(
  manager: EntityManager,
  { rows, changed, finished: ended, lanes = [] }: Outcomes,
  lateMinutes = 0,
): Promise<void> {
  const settled = rows.filter((row) => changed.has(row))
  const settledIn = Map.groupBy(settled, ({ channelId }) => channelId)
  await prepared(
    manager,
    `with n as (
       select * from jsonb_to_recordset($1::jsonb) as n(
         id text, state text, next_attempt_at timestamptz, failures int, part int, live_parts jsonb,
         pending_state jsonb, absent_reads int, cleared_up_to int, key_turn int, remote_id text, permalink text, published_at timestamptz,
         lateness_ms int, reason jsonb, risks jsonb, prepared jsonb, hold_id text, stuck_since timestamptz,
         evidence_head text, evidence_links int, revision int)
     ), settled as (
       update publications p
       set state = n.state, next_attempt_at = n.next_attempt_at, failures = n.failures, part = n.part,
           live_parts = n.live_parts, pending_state = n.pending_state, absent_reads = n.absent_reads,
           cleared_up_to = n.cleared_up_to, key_turn = n.key_turn,
           remote_id = n.remote_id, permalink = n.permalink, published_at = n.published_at,
           lateness_ms = n.lateness_ms, reason = n.reason, risks = n.risks, prepared = n.prepared,
           hold_id = n.hold_id, stuck_since = n.stuck_since, evidence_head = n.evidence_head,
           evidence_links = n.evidence_links, revision = n.revision, lease_owner = null, lease_until = null
       from n where p.id = n.id
     ), linked as (
       update publications p set evidence_head = e.evidence_head, evidence_links = e.evidence_links
       from jsonb_to_recordset($2::jsonb) as e(id text, evidence_head text, evidence_links int)
       where p.id = e.id
     ), ended as (
       update attempts a
       set finished_at = e.finished_at, outcome = e.outcome, reason = e.reason, exchanges = e.exchanges,
           hash = e.hash, link = e.link
       from jsonb_to_recordset($3::jsonb) as e(
         id text, finished_at timestamptz, outcome text, reason jsonb, exchanges jsonb, hash text, link int)
       where a.id = e.id and a.finished_at is null)
     -- The heads are looked up as they were before this statement: what it settles is left out.
     update lanes l
     set lease_owner = null, lease_until = null, waits_until = f.waits_until,
         is_behind = coalesce(head.due_at < ${onTimeSince()}, false),
         quotas = coalesce(f.quotas, l.quotas), trouble = coalesce(f.trouble, l.trouble),
         thread = coalesce(f.thread, l.thread),
         next_at = case when coalesce(head.next_attempt_at, f.own_next_at) is not null
           then greatest(least(head.next_attempt_at, f.own_next_at), clock_timestamp(), f.waits_until) end
     from jsonb_to_recordset($4::jsonb) as f(
         channel_id text, owner text, quotas jsonb, waits_until timestamptz, trouble int, own_next_at timestamptz,
         thread text, settled jsonb)
       left join lateral ${headOf('f.channel_id', '$5', { except: 'not f.settled ? p.id' })} head on true
     where l.channel_id = f.channel_id and l.lease_owner = f.owner`,
    [
      JSON.stringify(settled.map(columnsOf)),
      JSON.stringify(rows.filter((row) => !changed.has(row)).map(evidenceOf)),
      JSON.stringify(ended.map(endOf)),
      JSON.stringify(lanes.map((lane) => laneOf(lane, settledIn.get(lane.channelId)))),
      lateMinutes,
    ],
  )
}

const evidenceOf = (row: PublicationRow) => ({
  id: row.id,
  evidence_head: row.evidenceHead,
  evidence_links: row.evidenceLinks,
})

const columnsOf = (row: PublicationRow) => ({
  ...evidenceOf(row),
  state: row.state,
  next_attempt_at: row.nextAttemptAt,
  failures: row.failures,
  part: row.part,
  live_parts: row.liveParts,
  pending_state: row.pendingState ?? undefined,
  absent_reads: row.absentReads,
  cleared_up_to: row.clearedUpTo,
  key_turn: row.keyTurn,
  remote_id: row.remoteId,
  permalink: row.permalink,
  published_at: row.publishedAt,
  lateness_ms: row.latenessMs,
  reason: row.reason ?? undefined,
  risks: row.risks,
  prepared: row.prepared ?? undefined,
  hold_id: row.holdId,
  stuck_since: row.stuckSince,
  revision: row.revision,
})

const endOf = (attempt: AttemptRow) => ({
  id: attempt.id,
  finished_at: attempt.finishedAt,
  outcome: attempt.outcome,
  reason: attempt.reason ?? undefined,
  exchanges: attempt.exchanges,
  hash: attempt.hash,
  link: attempt.link,
})

const laneOf = (lane: FreedAfter, settled: PublicationRow[] = []) => ({
  channel_id: lane.channelId,
  owner: lane.owner,
  quotas: lane.quotas,
  waits_until: lane.waitsUntil,
  trouble: lane.trouble,
  own_next_at: lane.ownNextAt,
  thread: lane.thread,
  settled: settled.map(({ id }) => id),
})
