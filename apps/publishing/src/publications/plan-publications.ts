import type { SharedTx, Tx } from '@hamava/bus'
import type { CallContext, PlannedPublication } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { ChannelRow } from '../channels/channel.entity.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { reasons } from '../reasons.ts'
import { recheckRisks } from '../risks/recheck-risks.ts'
import { keepForDiscard } from '../uploads/keep-for-discard.ts'
import { announce } from './announce.ts'
import { isChangeable } from './lifecycle.ts'
import { PublicationRow } from './publication.entity.ts'
import { setAside } from './set-aside.ts'
import { startOn } from './start-on.ts'

/** What became of a plan: it is kept, an equal or newer one was there before, or it came too late. */
export type PlanResult = 'kept' | 'older' | 'too_late'

/**
 * Takes over a plan, whichever way it came: the same plan twice changes nothing, an older one never
 * replaces a newer one, and none changes what the fence has let through.
 */
@Injectable()
export class PlanPublications {
  /** Takes over plans, in an order in which two who do so at once never wait in a circle: lanes, then publications. */
  async planAll(
    { manager }: SharedTx,
    plans: { tx: Tx; call: CallContext; planned: PlannedPublication }[],
  ) {
    await wakeLanes(
      manager,
      plans.map(({ call, planned }) => wakerOf(call, planned)),
    )
    const ordered = plans.toSorted((one, other) =>
      one.planned.publicationId < other.planned.publicationId ? -1 : 1,
    )
    for (const { tx: own, call, planned } of ordered) await this.plan(own, call, planned)
  }

  /** One plan, whose lane the caller has woken, together with those of all others in this transaction. */
  async plan(tx: Tx, call: CallContext, planned: PlannedPublication): Promise<PlanResult> {
    const rows = tx.manager.getRepository(PublicationRow)
    // Read once its lane is ours: a channel that is being removed is gone by then, or stays.
    const channel = await tx.manager.findOneBy(ChannelRow, {
      id: planned.channelId,
      workspaceId: call.workspaceId,
    })
    await recheckRisks(tx.manager, {
      workspaceId: call.workspaceId,
      publicationId: planned.publicationId,
    })
    const fresh = rows.create({ ...newRow(call, planned), ...startOn(channel) })
    const inserted = await rows
      .createQueryBuilder()
      .insert()
      .values(fresh)
      .orIgnore()
      .returning('id')
      .updateEntity(false)
      .execute()
    if ((inserted.raw as unknown[]).length > 0) {
      announce(tx, call, await rows.findOneByOrFail({ id: planned.publicationId }), null)
      return 'kept'
    }
    return this.replace(tx, call, planned, channel)
  }

  private async replace(
    tx: Tx,
    call: CallContext,
    planned: PlannedPublication,
    channel: ChannelRow | null,
  ): Promise<PlanResult> {
    const rows = tx.manager.getRepository(PublicationRow)
    const row = await rows.findOneOrFail({
      where: { id: planned.publicationId, workspaceId: call.workspaceId },
      lock: { mode: 'pessimistic_write' },
    })
    if (row.version > planned.version) return 'older'
    if (isSame(row, planned)) return 'kept'
    if (!isChangeable(row)) return 'too_late'
    // Parts that are up stay as they are: their text can no longer be exchanged.
    if (row.liveParts.length > 0) return 'too_late'
    const before = row.state
    // What the network has taken of these words is used after all; of others, it is taken back.
    const isReworded = row.snapshotHash !== planned.snapshotHash
    if (isReworded) await keepForDiscard(tx.manager, [row])
    const uploads = isReworded ? { pendingState: null, prepared: null } : setAside(row)
    const place = planned.keepsTime ? placeOf(row, planned) : {}
    Object.assign(row, contentOf(planned), startOn(channel), place, uploads, {
      version: planned.version,
      holdId: null,
      absentReads: 0,
      failures: 0,
      stuckSince: null,
      leaseOwner: null,
      leaseUntil: null,
    })
    await rows.save(row)
    announce(tx, call, row, before)
    return 'kept'
  }
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

/** Where it stays when it gets other words or an approval, and no new time. */
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
    // To the millisecond, as cursors tell it.
    createdAt: new Date(),
  }
}
