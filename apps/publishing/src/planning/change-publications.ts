import { Transactions, type Tx } from '@hamava/bus'
import type { CallContext, ChangeRequest, ChangeResult } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { isChangeable } from '../publications/lifecycle.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { transition } from '../publications/transition.ts'
import { discardUploadsOf } from '../uploads/queue-discards.ts'
import { blankProgress, PlanPublications, wakerOf } from './plan-publications.ts'

type Cancellation = ChangeRequest['cancel'][number]

/** Edits, moves and cancels publications up to the fence, and says truthfully which were in time. */
@Injectable()
export class ChangePublications {
  constructor(
    private readonly transactions: Transactions,
    private readonly plans: PlanPublications,
    private readonly signal: DispatchSignal,
  ) {}

  change(call: CallContext, { replace, cancel }: ChangeRequest): Promise<ChangeResult> {
    return this.transactions.run(async (tx) => {
      // Lanes first, then publications, each in the order of their ids, so that two changes cannot wait for each other.
      await wakeLanes(
        tx.manager,
        replace.map((planned) => wakerOf(call, planned)),
      )
      await lockInOrder(tx, [...replace, ...cancel])
      const plans = replace.map((planned) => ({ tx, call, planned, isAsked: true }))
      const results = await this.plans.planOnLanes(tx.manager, plans)
      const isDone = new Map(
        replace.map(({ publicationId: id }) => [id, results.get(id) === 'kept']),
      )
      for (const entry of cancel.toSorted(byId))
        isDone.set(entry.publicationId, await this.cancel(tx, call, entry))
      tx.afterCommit(() => this.signal.signalAll())
      return answerOf(tx, isDone)
    })
  }

  private async cancel(tx: Tx, call: CallContext, entry: Cancellation): Promise<boolean> {
    const rows = tx.manager.getRepository(PublicationRow)
    const row = await rows.findOne({
      where: { id: entry.publicationId, workspaceId: call.workspaceId },
      lock: { mode: 'pessimistic_write' },
    })
    if (!row) {
      // The plan has not arrived: a tombstone takes its id, so that it is cancelled on arrival. If it arrives at this
      // moment, the insert waits for it, and it is cancelled like any other.
      const taken = await rows
        .createQueryBuilder()
        .insert()
        .values(tombstone(call, entry))
        .orIgnore()
        .returning('id')
        .updateEntity(false)
        .execute()
      return (taken.raw as unknown[]).length > 0 || this.cancel(tx, call, entry)
    }
    if (row.state === 'cancelled') return true
    // Live parts cannot be called back.
    if (!isChangeable(row) || row.liveParts.length > 0) return false
    await discardUploadsOf(tx.manager, [row])
    const version = Math.max(row.version, entry.version)
    const cancelled = {
      state: 'cancelled',
      version,
      reason: null,
      pendingState: null,
      prepared: null,
    } as const
    await transition(tx, [row], () => cancelled, call)
    return true
  }
}

function tombstone(call: CallContext, entry: Cancellation) {
  const now = new Date()
  return {
    id: entry.publicationId,
    workspaceId: call.workspaceId,
    kind: 'post' as const,
    postId: entry.postId,
    channelId: entry.channelId,
    network: '',
    state: 'cancelled' as const,
    version: entry.version,
    snapshot: { parts: [], settings: {} },
    snapshotHash: '',
    approvedHash: null,
    partCount: 0,
    dueAt: now,
    nextAttemptAt: now,
    ...blankProgress(),
  }
}

const byId = (one: Cancellation, other: Cancellation) =>
  one.publicationId < other.publicationId ? -1 : 1

async function lockInOrder({ manager }: Tx, entries: { publicationId: string }[]): Promise<void> {
  await manager.query('select 1 from publications where id = any($1) order by id for update', [
    entries.map(({ publicationId }) => publicationId),
  ])
}

async function answerOf({ manager }: Tx, isDone: Map<string, boolean>): Promise<ChangeResult> {
  const late = [...isDone].flatMap(([id, done]) => (done ? [] : [id]))
  const states = await manager.find(PublicationRow, {
    select: { id: true, state: true, nextAttemptAt: true, leaseUntil: true },
    where: { id: In(late) },
  })
  return {
    done: [...isDone].flatMap(([id, done]) => (done ? [id] : [])),
    tooLate: states.map(lateOf),
  }
}

/** `inDoubtUntil`: when the lease owner, or the next lookup, should have found out whether it is live. */
function lateOf({
  id,
  state,
  nextAttemptAt,
  leaseUntil,
}: Pick<
  PublicationRow,
  'id' | 'state' | 'nextAttemptAt' | 'leaseUntil'
>): ChangeResult['tooLate'][0] {
  const late = { publicationId: id, state }
  if (state !== 'sending') return late
  const until = Math.max(nextAttemptAt.getTime(), leaseUntil?.getTime() ?? 0)
  return { ...late, inDoubtUntil: new Date(until).toISOString() }
}
