import { batchColumns, prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import type { Freed } from '../../lanes/free-lanes.ts'
import { headOf } from '../../lanes/lane-head.ts'
import { onTimeSince } from '../../lanes/work.ts'
import { AttemptRow } from '../../publications/attempt.entity.ts'
import { PublicationRow } from '../../publications/publication.entity.ts'

/** A lane whose publication was settled, for the next in it. */
export interface FreedAfter extends Freed {
  /** The owner whose lease ends; a lane leased by another owner is left alone. */
  owner: string
  /** When the settled publication itself wants to go on, if it does. */
  ownNextAt: Date | null
  /** Its id, if a part of it has just gone up and another follows. */
  thread: string | null
}

/** A batch of results; rows that are not in `changed` only get a new evidence link. */
export interface Outcomes {
  rows: PublicationRow[]
  changed: ReadonlySet<PublicationRow>
  finished: AttemptRow[]
  lanes?: FreedAfter[]
}

/** What the outcome of an attempt may change in its publication; whoever adds a column adds it here. */
const progressed = [
  'state',
  'nextAttemptAt',
  'failures',
  'part',
  'liveParts',
  'pendingState',
  'absentReads',
  'clearedUpTo',
  'keyTurn',
  'remoteId',
  'permalink',
  'publishedAt',
  'latenessMs',
  'reason',
  'risks',
  'prepared',
  'holdId',
  'stuckSince',
  'revision',
] as const
/** The head of the evidence chain, which a late attempt changes, too. */
const evidenced = ['evidenceHead', 'evidenceLinks'] as const
const ended = ['finishedAt', 'outcome', 'reason', 'exchanges', 'hash', 'link'] as const

/** Writes what a batch of results changed, in one statement. */
export async function writeOutcomes(
  manager: EntityManager,
  { rows, changed, finished, lanes = [] }: Outcomes,
  lateMinutes = 0,
): Promise<void> {
  const settled = rows.filter((row) => changed.has(row))
  const settledIn = Map.groupBy(settled, ({ channelId }) => channelId)
  const [progress, evidence, ends] = [
    batchColumns(manager, PublicationRow, ['id', ...progressed, ...evidenced]),
    batchColumns(manager, PublicationRow, ['id', ...evidenced]),
    batchColumns(manager, AttemptRow, ['id', ...ended]),
  ]
  await prepared(
    manager,
    `with settled as (
       update publications p set ${progress.assignments('n')}, lease_owner = null, lease_until = null
       from jsonb_to_recordset($1::jsonb) as n(${progress.definition})
       where p.id = n.id
     ), linked as (
       update publications p set ${evidence.assignments('e')}
       from jsonb_to_recordset($2::jsonb) as e(${evidence.definition})
       where p.id = e.id
     ), ended as (
       update attempts a set ${ends.assignments('e')}
       from jsonb_to_recordset($3::jsonb) as e(${ends.definition})
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
      JSON.stringify(settled.map(progress.recordOf)),
      JSON.stringify(rows.filter((row) => !changed.has(row)).map(evidence.recordOf)),
      JSON.stringify(finished.map(ends.recordOf)),
      JSON.stringify(lanes.map((lane) => laneOf(lane, settledIn.get(lane.channelId)))),
      lateMinutes,
    ],
  )
}

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
