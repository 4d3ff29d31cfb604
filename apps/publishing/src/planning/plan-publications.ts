import type { SharedTx, Tx } from '@hamava/bus'
import type { CallContext, PlannedPublication } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { type EntityManager, In } from 'typeorm'
import { ChannelRow } from '../channels/channel.entity.ts'
import { rowsOf } from '../database/rows-of.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { announce } from '../publications/announce.ts'
import { isChangeable } from '../publications/lifecycle.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { recheckRisksOf } from '../publications/recheck-risks.ts'
import { setAside } from '../publications/set-aside.ts'
import { enterState } from '../publications/transition.ts'
import { reasons } from '../reasons.ts'
import { discardUploadsOf } from '../uploads/queue-discards.ts'
import { startOn } from './start-on.ts'

/** What became of a plan: it is kept, the ledger has a newer one, or it came too late. */
export type PlanResult = 'kept' | 'older' | 'too_late'

/** A plan with who asked for it; what is told of it names its own cause. */
export interface Plan {
  tx: Tx
  call: CallContext
  planned: PlannedPublication
  /**
   * The plan came as a request, not as an event: then another time counts as a change even at the same version. A
   * redelivered event must not undo a move.
   */
  isAsked?: boolean
}

/**
 * Takes over plans from requests and events: a repeated plan changes nothing, an older one never replaces a newer one,
 * and none changes a publication that the fence has let through.
 */
@Injectable()
export class PlanPublications {
  /**
   * Takes over plans. Lanes are locked first, then publications, each in the order of their ids, so that concurrent
   * calls cannot deadlock. Returns the result of each plan by publication id.
   */
  async planAll({ manager }: SharedTx, plans: Plan[]): Promise<Map<string, PlanResult>> {
    await wakeLanes(
      manager,
      plans.map(({ call, planned }) => wakerOf(call, planned)),
    )
    return this.planOnLanes(manager, plans)
  }

  /** Like `planAll`, for callers that have woken the lanes already. */
  async planOnLanes(manager: EntityManager, plans: Plan[]): Promise<Map<string, PlanResult>> {
    if (plans.length === 0) return new Map()
    // Read after the lanes are locked: a concurrent removal of a channel is committed, or waits for us.
    const channels = await manager.findBy(ChannelRow, {
      id: In(plans.map(({ planned }) => planned.channelId)),
    })
    const channelOf = ({ call, planned }: Plan) =>
      channels.find(
        (one) => one.id === planned.channelId && one.workspaceId === call.workspaceId,
      ) ?? null
    await recheckRisksOf(
      manager,
      plans.map(({ call: { workspaceId }, planned: { publicationId } }) => {
        return { workspaceId, publicationId }
      }),
    )
    // Several plans of one publication: in their order, as if they had come one by one.
    const results = new Map<string, PlanResult>()
    for (const round of inRounds(plans)) {
      // Existing rows are locked before new ones are inserted: an inserter never waits for a row lock.
      const unknown = await this.replaceKnown(manager, round, channelOf, results)
      const taken = await this.insertNew(manager, unknown, channelOf, results)
      await this.replaceKnown(manager, taken, channelOf, results)
    }
    return results
  }

  /** Inserts new publications. Returns the plans whose id was inserted concurrently. */
  private async insertNew(
    manager: EntityManager,
    plans: Plan[],
    channelOf: (plan: Plan) => ChannelRow | null,
    results: Map<string, PlanResult>,
  ): Promise<Plan[]> {
    if (plans.length === 0) return []
    const rows = manager.getRepository(PublicationRow)
    const fresh = plans.map((plan) =>
      rows.create({ ...newRow(plan.call, plan.planned), ...startOn(channelOf(plan)) }),
    )
    const inserted = await rows
      .createQueryBuilder()
      .insert()
      .values(fresh)
      .orIgnore()
      .returning('*')
      .updateEntity(false)
      .execute()
    const raw = inserted.raw as Record<string, unknown>[]
    const made = new Map(rowsOf(manager, PublicationRow, raw).map((row) => [row.id, row]))
    return plans.filter(({ tx, call, planned: { publicationId } }) => {
      const row = made.get(publicationId)
      if (row) announce(tx, call, row, null)
      if (row) results.set(publicationId, 'kept')
      return !row
    })
  }

  /** Applies plans to existing publications. Returns the plans of those that do not exist yet. */
  private async replaceKnown(
    manager: EntityManager,
    plans: Plan[],
    channelOf: (plan: Plan) => ChannelRow | null,
    results: Map<string, PlanResult>,
  ): Promise<Plan[]> {
    if (plans.length === 0) return []
    const rows = await manager.find(PublicationRow, {
      where: { id: In(plans.map(({ planned }) => planned.publicationId)) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    })
    const rowOf = new Map(rows.map((row) => [row.id, row]))
    const changed: { plan: Plan; row: PublicationRow; before: PublicationRow['state'] }[] = []
    for (const plan of plans) {
      const { call, planned } = plan
      const row = rowOf.get(planned.publicationId)
      if (!row) continue
      if (row.workspaceId !== call.workspaceId) {
        throw new Error(`publication ${planned.publicationId} is of another workspace`)
      }
      const result = judge(row, plan)
      results.set(row.id, result === 'replace' ? 'kept' : result)
      if (result !== 'replace') continue
      changed.push({ plan, row, before: row.state })
      await replace(manager, row, planned, channelOf(plan))
    }
    await manager.save(changed.map(({ row }) => row))
    for (const { plan, row, before } of changed) announce(plan.tx, plan.call, row, before)
    return plans.filter((plan) => !rowOf.has(idOf(plan)))
  }
}

/** Groups in which each publication occurs once, sorted by id; the n-th plan of a publication is in the n-th group. */
function inRounds(plans: Plan[]): Plan[][] {
  const rounds: Plan[][] = []
  const seen = new Map<string, number>()
  for (const plan of plans) {
    const { publicationId } = plan.planned
    const round = seen.get(publicationId) ?? 0
    seen.set(publicationId, round + 1)
    rounds[round] ??= []
    rounds[round].push(plan)
  }
  return rounds.map((round) => round.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1)))
}

const idOf = ({ planned }: Plan) => planned.publicationId

function judge(row: PublicationRow, { planned, isAsked = false }: Plan): PlanResult | 'replace' {
  if (row.version > planned.version) return 'older'
  const isInTime = planned.keepsTime || row.dueAt.getTime() === Date.parse(planned.dueAt)
  if (isSame(row, planned) && (isInTime || !isAsked)) return 'kept'
  if (!isChangeable(row)) return 'too_late'
  // Parts that are up stay as they are: their text can no longer be exchanged.
  return row.liveParts.length > 0 ? 'too_late' : 'replace'
}

async function replace(
  manager: EntityManager,
  row: PublicationRow,
  planned: PlannedPublication,
  channel: ChannelRow | null,
): Promise<void> {
  // Uploads for the same content are kept for later; uploads for other content are discarded.
  const contentChanged = row.snapshotHash !== planned.snapshotHash
  if (contentChanged) await discardUploadsOf(manager, [row])
  const uploads = contentChanged ? { pendingState: null, prepared: null } : setAside(row)
  const place = planned.keepsTime ? placeOf(row, planned) : {}
  enterState(row, {
    ...contentOf(planned),
    ...startOn(channel),
    ...place,
    ...uploads,
    version: planned.version,
    holdId: null,
    absentReads: 0,
    failures: 0,
  })
}

/** What tells the lane of a plan that something new waits in it. */
export const wakerOf = (
  { workspaceId }: CallContext,
  { channelId, network, dueAt }: PlannedPublication,
) => ({ channelId, network, workspaceId, nextAttemptAt: new Date(dueAt) })

function isSame(row: PublicationRow, planned: PlannedPublication): boolean {
  return (
    row.state !== 'cancelled' &&
    row.version === planned.version &&
    row.snapshotHash === planned.snapshotHash &&
    row.approvedHash === planned.approvedHash
  )
}

/** State and time of a publication that gets other content or an approval, but no new time. */
function placeOf(
  { state, reason, dueAt }: PublicationRow,
  { approvedHash, snapshotHash }: PlannedPublication,
): Partial<PublicationRow> {
  const time = { dueAt, nextAttemptAt: dueAt }
  if (state === 'failed') return { ...time, state, reason }
  if (state !== 'missed') return time
  const wasWaiting = reason?.code === reasons.notApproved(0).code
  const isApproved = approvedHash === snapshotHash
  return { ...time, state, reason: wasWaiting && isApproved ? reasons.approvedLate : reason }
}

function newRow(call: CallContext, planned: PlannedPublication): Partial<PublicationRow> {
  return {
    id: planned.publicationId,
    workspaceId: call.workspaceId,
    kind: 'post',
    postId: planned.postId,
    channelId: planned.channelId,
    network: planned.network,
    version: planned.version,
    ...blankProgress(),
    ...contentOf(planned),
  }
}

function contentOf(planned: PlannedPublication): Partial<PublicationRow> {
  return {
    snapshot: planned.snapshot,
    snapshotHash: planned.snapshotHash,
    approvedHash: planned.approvedHash,
    campaignId: planned.campaignId ?? null,
    partCount: planned.snapshot.parts.length,
    dueAt: new Date(planned.dueAt),
    nextAttemptAt: new Date(planned.dueAt),
  }
}

/** The fields of a publication that nothing has happened to yet. */
export function blankProgress(): Partial<PublicationRow> {
  return {
    attemptCount: 0,
    failures: 0,
    part: 0,
    round: 0,
    liveParts: [],
    formerParts: [],
    risks: [],
    pendingState: null,
    absentReads: 0,
    clearedUpTo: 0,
    keyTurn: 0,
    // To the millisecond, as cursors tell it.
    createdAt: new Date(),
  }
}
