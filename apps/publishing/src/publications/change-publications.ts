import { Transactions, type Tx } from '@hamava/bus'
import type { CallContext, Replaced, Replacement } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { Wakening } from '../dispatch/wakening.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { keepForDiscard } from '../uploads/keep-for-discard.ts'
import { announce } from './announce.ts'
import { isChangeable } from './lifecycle.ts'
import { blankProgress, PlanPublications, wakerOf } from './plan-publications.ts'
import { PublicationRow } from './publication.entity.ts'

type Cancellation = Replacement['cancel'][number]

/** Edits, moves and cancels publications up to the fence, and says truthfully which were in time. */
@Injectable()
export class ChangePublications {
  constructor(
    private readonly transactions: Transactions,
    private readonly plans: PlanPublications,
    private readonly wakening: Wakening,
  ) {}

  change(call: CallContext, { replace, cancel }: Replacement): Promise<Replaced> {
    return this.transactions.run(async (tx) => {
      const answer: Replaced = { done: [], tooLate: [] }
      const note = async (id: string, isDone: boolean) => {
        if (isDone) answer.done.push(id)
        else answer.tooLate.push({ publicationId: id, state: await stateOf(tx, id) })
      }
      // Lanes first, then publications, each in the order of their ids, so that two changes cannot wait for each other.
      const work = [
        ...replace.map((planned) => ({
          id: planned.publicationId,
          run: async () => (await this.plans.plan(tx, call, planned)) === 'kept',
        })),
        ...cancel.map((entry) => ({
          id: entry.publicationId,
          run: () => this.cancel(tx, call, entry),
        })),
      ].sort((a, b) => (a.id < b.id ? -1 : 1))
      await wakeLanes(
        tx.manager,
        replace.map((planned) => wakerOf(call, planned)),
      )
      for (const { id, run } of work) await note(id, await run())
      tx.afterCommit(() => this.wakening.wakeAll())
      return answer
    })
  }

  private async cancel(tx: Tx, call: CallContext, entry: Cancellation): Promise<boolean> {
    const rows = tx.manager.getRepository(PublicationRow)
    const row = await rows.findOne({
      where: { id: entry.publicationId, workspaceId: call.workspaceId },
      lock: { mode: 'pessimistic_write' },
    })
    if (!row) {
      // The plan is still on its way: its place is taken, so that it finds itself cancelled. Should it
      // arrive in this very moment, it is waited for and cancelled like any other.
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
    // What is up, in part or whole, cannot be called back.
    if (!isChangeable(row) || row.liveParts.length > 0) return false
    const before = row.state
    await keepForDiscard(tx.manager, [row])
    Object.assign(row, { state: 'cancelled', version: Math.max(row.version, entry.version) })
    Object.assign(row, {
      leaseOwner: null,
      leaseUntil: null,
      reason: null,
      holdId: null,
      risks: [],
      pendingState: null,
      prepared: null,
    })
    await rows.save(row)
    announce(tx, call, row, before)
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

async function stateOf(tx: Tx, id: string) {
  const row = await tx.manager.findOneByOrFail(PublicationRow, { id })
  return row.state
}
