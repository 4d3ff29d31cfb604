import { type EventOf, RequestClient, type SharedTx, Transactions, type Tx } from '@hamava/bus'
import {
  type BodyOf,
  type CallContext,
  type ChangeResult,
  type ParsedInputOf,
  type PlannedPublication,
  type postScheduled,
  publicationPlanned,
  replacePublications,
  type replanPublications,
  type reschedulePlans,
  reschedulePublications,
} from '@hamava/contracts'
import { canonicalHash, upsertNewer } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { projectPublications } from '../calendar/project-publications.ts'
import { ScheduleRow } from '../schedules/schedule.entity.ts'
import { saveEntries } from './save-entries.ts'

type Scheduled = BodyOf<typeof postScheduled>
type Replan = ParsedInputOf<typeof replanPublications>

/** Plans the publications of posts that have a time, and changes them when their posts change. */
@Injectable()
export class PlanPost {
  constructor(
    private readonly transactions: Transactions,
    private readonly requests: RequestClient,
  ) {}

  /**
   * Plans the publications of posts that got a time, approved or not. Rows are written in the order of their ids, or
   * two transactions that plan at once could deadlock.
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

  /** Changes planned publications; publishing answers which changes came in time, and only those are kept here. */
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

  /** Moves planned publications to other times; the calendar has these before the caller is answered. */
  async reschedule(call: CallContext, input: ParsedInputOf<typeof reschedulePlans>) {
    const answer = await this.requests.send(reschedulePublications, call, input, {
      deadlineMs: replaceDeadlineMs,
    })
    await this.transactions.run((tx) =>
      projectPublications(
        tx,
        answer.times.map(({ publicationId: id, ...time }) => ({ id, ...time })),
      ),
    )
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

const timed = ['kind', 'local', 'zone', 'dueAt', 'version'] as const

/** Keeps the newest schedule of each post. Returns the version that each post is at. */
async function saveSchedules(
  { manager }: Pick<Tx, 'manager'>,
  events: { call: CallContext; body: Pick<Scheduled, 'postId' | 'version' | 'schedule'> }[],
): Promise<Map<string, number>> {
  const rows = events.map(({ call: { workspaceId }, body: { postId, version, schedule } }) => {
    const { kind, local, zone, dueAt } = schedule
    return { postId, workspaceId, kind, local, zone, dueAt, version }
  })
  const saved = await upsertNewer(manager, ScheduleRow, rows, {
    key: 'postId',
    columns: ['workspaceId', ...timed],
    update: timed,
    version: 'version',
  })
  return new Map(saved.map(({ postId, version }) => [postId, version]))
}

/** Keeps the version with kind `none`, so that an older plan still on its way is recognised as outdated. */
async function dropSchedule(tx: Tx, call: CallContext, { postId, version }: Replan): Promise<void> {
  const { workspaceId } = call
  const gone = { kind: 'none' as const, local: '', zone: '', dueAt: new Date(), version }
  await tx.manager
    .createQueryBuilder()
    .insert()
    .into(ScheduleRow)
    .values({ postId, workspaceId, ...gone })
    .orUpdate(['kind', 'local', 'zone', 'due_at', 'version'], ['post_id'], {
      overwriteCondition: { where: 'schedules.version <= excluded.version' },
    })
    .execute()
}
