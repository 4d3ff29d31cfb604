import { RequestClient, Transactions, type Tx } from '@hamava/bus'
import {
  type BodyOf,
  type CallContext,
  type ParsedInputOf,
  type PlannedPublication,
  type postScheduled,
  publicationPlanned,
  type Replaced,
  replacePublications,
  type replanPublications,
} from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
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

  /** A post has a time: plan its publications at once, approved or not. */
  async plan(tx: Tx, call: CallContext, scheduled: Scheduled): Promise<void> {
    if (!(await keepSchedule(tx, call, scheduled))) return
    for (const planned of planOf(scheduled)) {
      await keepEntry(tx, call, scheduled, planned)
      tx.publish(publicationPlanned, call, planned)
    }
  }

  /** A change of what is planned; publishing answers which of it came in time, and only that is kept here. */
  async replan(call: CallContext, change: Replan): Promise<Replaced> {
    const { schedule } = change
    const scheduled = schedule && { ...change, schedule }
    const replace = scheduled ? planOf(scheduled) : []
    const { postId, version } = change
    const cancel = change.cancel.map((entry) => ({ ...entry, postId, version }))
    const answer = await this.requests.send(replacePublications, call, { replace, cancel })
    await this.transactions.run(async (tx) => {
      if (scheduled) await keepSchedule(tx, call, scheduled)
      else await dropSchedule(tx, call, change)
      for (const planned of replace) {
        if (scheduled && answer.done.includes(planned.publicationId)) {
          await keepEntry(tx, call, scheduled, planned)
        }
      }
    })
    return answer
  }
}

function planOf({ postId, version, schedule, publications }: Omit<Scheduled, 'excerpt'>) {
  return publications.map(
    (plan): PlannedPublication => ({ ...plan, postId, version, dueAt: schedule.dueAt }),
  )
}

/** False when a newer schedule is there already. */
async function keepSchedule(tx: Tx, call: CallContext, scheduled: Scheduled): Promise<boolean> {
  const { postId, version, schedule } = scheduled
  const rows = tx.manager.getRepository(ScheduleRow)
  const known = await rows.findOne({ where: { postId }, lock: { mode: 'pessimistic_write' } })
  if (known && known.version > version) return false
  const { kind, local, zone } = schedule
  const dueAt = new Date(schedule.dueAt)
  const { workspaceId } = call
  await rows.upsert({ postId, workspaceId, kind, local, zone, dueAt, version }, ['postId'])
  return true
}

/** Leaves the version behind, so that a plan that is still on its way finds itself outdated. */
async function dropSchedule(tx: Tx, call: CallContext, { postId, version }: Replan): Promise<void> {
  const { workspaceId } = call
  const gone = { kind: 'none' as const, local: '', zone: '', dueAt: new Date(), version }
  await tx.manager.upsert(ScheduleRow, { postId, workspaceId, ...gone }, ['postId'])
}

async function keepEntry(
  tx: Tx,
  call: CallContext,
  { schedule, excerpt }: Pick<Scheduled, 'schedule' | 'excerpt'>,
  planned: PlannedPublication,
): Promise<void> {
  const { publicationId, postId, channelId, network, version, dueAt } = planned
  await tx.manager.query(
    `insert into calendar_entries
       (publication_id, workspace_id, post_id, channel_id, network, due_at, zone, state, excerpt, version, revision,
        awaits_approval)
     values ($1, $2, $3, $4, $5, $6, $7, 'planned', $8, $9, 0, $10)
     on conflict (publication_id) do update
     set due_at = case when $11 then calendar_entries.due_at else excluded.due_at end,
         zone = excluded.zone, excerpt = excluded.excerpt,
         version = excluded.version, awaits_approval = excluded.awaits_approval
     where calendar_entries.version <= excluded.version`,
    [
      publicationId,
      call.workspaceId,
      postId,
      channelId,
      network,
      dueAt,
      schedule.zone,
      excerpt,
      version,
      planned.approvedHash !== planned.snapshotHash,
      planned.keepsTime ?? false,
    ],
  )
}
