import { type EventOf, RequestClient, type SharedTx, Transactions, type Tx } from '@hamava/bus'
import {
  type BodyOf,
  type CallContext,
  type ChangeResult,
  type ParsedInputOf,
  type PlannedPublication,
  type postScheduled,
  publicationPlanned,
  type Rescheduled,
  replacePublications,
  type replanPublications,
  type reschedulePlans,
  reschedulePublications,
} from '@hamava/contracts'
import { canonicalHash } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { ScheduleRow } from '../schedules/schedule.entity.ts'

type Scheduled = BodyOf<typeof postScheduled>
type Replan = ParsedInputOf<typeof replanPublications>

/** Turns a post with a time into planned publications, and later changes of it into changes of those. */
@Injectable()
export class PlanPost {
  constructor(
    private readonly transactions: Transactions,
    private readonly requests: RequestClient,
  ) {}

  /**
   * Posts have times: plan their publications at once, approved or not. Rows are written in the order of their ids, or
   * two who plan at once could wait for each other.
   */
  async plan(events: EventOf<typeof postScheduled>[], shared: SharedTx): Promise<void> {
    const current = await saveSchedules(shared, events)
    const plans = events
      .filter(({ body }) => current.get(body.postId) === body.version)
      .flatMap(({ body, call, tx }) => planOf(body).map((planned) => ({ planned, body, call, tx })))
    await saveEntries(
      shared,
      plans.map(({ planned, body, call }) => ({ call, planned, ...body })),
    )
    for (const { planned, call, tx } of plans) tx.publish(publicationPlanned, call, planned)
  }

  /** A change of what is planned; publishing answers which of it came in time, and only that is kept here. */
  async replan(call: CallContext, change: Replan): Promise<ChangeResult> {
    const { schedule } = change
    const scheduled = schedule && { ...change, schedule }
    const replace = scheduled ? planOf(scheduled) : []
    const { postId, version } = change
    const cancel = change.cancel.map((entry) => ({ ...entry, postId, version }))
    const asked = { replace, cancel }
    const idempotency = change.changeId
      ? { key: canonicalHash(['replan', change.changeId]), fingerprint: canonicalHash(asked) }
      : undefined
    const answer = await this.requests.send(replacePublications, call, asked, {
      deadlineMs: replaceDeadlineMs,
      idempotency,
    })
    await this.transactions.run(async (tx) => {
      if (!scheduled) return dropSchedule(tx, call, change)
      await saveSchedules(tx, [{ call, body: scheduled }])
      const kept = replace.filter(({ publicationId }) => answer.done.includes(publicationId))
      await saveEntries(
        tx,
        kept.map((planned) => ({ call, planned, ...scheduled })),
      )
    })
    return answer
  }

  /** Other times for what is planned; the calendar has them before the answer. */
  async reschedule(call: CallContext, input: ParsedInputOf<typeof reschedulePlans>) {
    const answer = await this.requests.send(reschedulePublications, call, input, {
      deadlineMs: replaceDeadlineMs,
    })
    await this.transactions.run(({ manager }) => moveEntries(manager, answer.times))
    return answer
  }
}

/** Hundreds of publications are changed one after the other. */
const replaceDeadlineMs = 15_000

function planOf({ postId, version, schedule, publications }: Omit<Scheduled, 'excerpt'>) {
  return publications.map(
    (plan): PlannedPublication => ({ ...plan, postId, version, dueAt: schedule.dueAt }),
  )
}

/** Keeps the newest schedule of each post. Answers which version each of them is at. */
async function saveSchedules(
  { manager }: Pick<Tx, 'manager'>,
  events: { call: CallContext; body: Pick<Scheduled, 'postId' | 'version' | 'schedule'> }[],
): Promise<Map<string, number>> {
  const rows = events.map(({ call: { workspaceId }, body: { postId, version, schedule } }) => {
    const { kind, local, zone, dueAt } = schedule
    return { postId, workspaceId, kind, local, zone, dueAt, version }
  })
  const current = await manager.query<{ postId: string; version: number }[]>(
    `with news as (
       select distinct on ("postId") * from jsonb_to_recordset($1::jsonb) as
         news ("postId" text, "workspaceId" text, kind text, local text, zone text, "dueAt" timestamptz, version int)
       order by "postId", version desc),
     saved as (
       insert into schedules (post_id, workspace_id, kind, local, zone, due_at, version)
       select "postId", "workspaceId", kind, local, zone, "dueAt", version from news order by "postId"
       on conflict (post_id) do update
       set kind = excluded.kind, local = excluded.local, zone = excluded.zone, due_at = excluded.due_at,
           version = excluded.version
       where schedules.version <= excluded.version
       returning post_id, version)
     select post_id as "postId", version from saved`,
    [JSON.stringify(rows)],
  )
  return new Map(current.map(({ postId, version }) => [postId, version]))
}

/** Leaves the version behind, so that a plan that is still on its way finds itself outdated. */
async function dropSchedule(tx: Tx, call: CallContext, { postId, version }: Replan): Promise<void> {
  const { workspaceId } = call
  const gone = { kind: 'none' as const, local: '', zone: '', dueAt: new Date(), version }
  await tx.manager.upsert(ScheduleRow, { postId, workspaceId, ...gone }, ['postId'])
}

/** A publication to be shown in the calendar. */
interface Entry extends Pick<Scheduled, 'schedule' | 'excerpt'> {
  call: CallContext
  planned: PlannedPublication
}

async function saveEntries({ manager }: Pick<Tx, 'manager'>, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ call: { workspaceId }, planned, schedule: { zone }, excerpt }) => {
    const { publicationId, postId, channelId, network, version, dueAt } = planned
    const awaitsApproval = planned.approvedHash !== planned.snapshotHash
    const place = { publicationId, workspaceId, postId, channelId, network }
    return { ...place, dueAt, zone, excerpt, version, awaitsApproval }
  })
  await manager.query(
    `with news as (
       select distinct on ("publicationId") * from jsonb_to_recordset($1::jsonb) as
         news ("publicationId" text, "workspaceId" text, "postId" text, "channelId" text, network text,
           "dueAt" timestamptz, zone text, excerpt text, version int, "awaitsApproval" boolean)
       order by "publicationId", version desc)
     insert into calendar_entries
       (publication_id, workspace_id, post_id, channel_id, network, due_at, zone, state, excerpt, version, revision,
        awaits_approval)
     select "publicationId", "workspaceId", "postId", "channelId", network, "dueAt", zone, 'planned', excerpt,
       version, 0, "awaitsApproval"
     from news order by "publicationId"
     on conflict (publication_id) do update
     set due_at = case when excluded.publication_id = any($2) then calendar_entries.due_at else excluded.due_at end,
         zone = excluded.zone, excerpt = excluded.excerpt,
         version = excluded.version, awaits_approval = excluded.awaits_approval
     where calendar_entries.version <= excluded.version`,
    [JSON.stringify(rows), entries.filter(({ planned }) => planned.keepsTime).map(idOf)],
  )
}

const idOf = ({ planned }: Entry) => planned.publicationId

async function moveEntries(manager: EntityManager, times: Rescheduled['times']): Promise<void> {
  if (times.length === 0) return
  await manager.query(
    `with news as (
       select * from jsonb_to_recordset($1::jsonb) as news ("publicationId" text, "dueAt" timestamptz, state text, revision int)),
     locked as (
       select publication_id from calendar_entries
       where publication_id in (select "publicationId" from news) order by 1 for update)
     update calendar_entries e set due_at = "dueAt", state = news.state, revision = news.revision
     from news join locked on publication_id = "publicationId"
     where e.publication_id = news."publicationId" and e.revision < news.revision`,
    [JSON.stringify(times)],
  )
}
