import { Transactions, type Tx } from '@hamava/bus'
import type { CallContext, Publication, PublicationState, Resolution } from '@hamava/contracts'
import { AppError, mayTouch } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { databaseNow } from '../database/database-now.ts'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { notFound } from '../publications/read-publications.ts'
import { acceptAsItIs, publishAsNew, retryNow, takeAsLive } from '../publications/recoveries.ts'
import { toPublication } from '../publications/to-publication.ts'
import { type StateChange, transition } from '../publications/transition.ts'
import { discardUploadsOf } from '../uploads/queue-discards.ts'

/** What a person decides about a publication, and in which states. */
interface Decision {
  action: string
  from: PublicationState[]
  apply: (row: PublicationRow, now: Date, lastSentAt: Date) => StateChange
}

const unsent: PublicationState[] = ['failed', 'missed', 'held']
const stuck: PublicationState[] = [...unsent, 'unconfirmed']

/** What a person can do about a publication that needs attention. */
@Injectable()
export class RecoverPublication {
  constructor(
    private readonly transactions: Transactions,
    private readonly signal: DispatchSignal,
  ) {}

  /** Tries again now, from the first part that is not up. */
  retry(call: CallContext, id: string): Promise<Publication> {
    const from: PublicationState[] = ['failed', 'missed', 'held']
    return this.change(call, id, { action: 'retried', from, apply: (_row, now) => retryNow(now) })
  }

  /** Settles a publication by a person's word. */
  resolve(call: CallContext, id: string, resolution: Resolution): Promise<Publication> {
    return this.change(call, id, decisionOf(resolution))
  }

  private change(call: CallContext, id: string, decision: Decision): Promise<Publication> {
    const { action, from, apply } = decision
    return this.transactions.run(async (tx) => {
      const rows = tx.manager.getRepository(PublicationRow)
      await wakeLaneOf(tx, id)
      const row = await rows.findOne({
        where: { id, workspaceId: call.workspaceId },
        lock: { mode: 'pessimistic_write' },
      })
      if (!row || !mayTouch(call, [row.channelId])) throw notFound(id)
      const before = row.state
      if (!from.includes(before)) throw new AppError('publication_state', { state: before, action })
      if (action === 'drop_rest' && row.liveParts.length === 0) throw new AppError('nothing_live')
      const now = await databaseNow(tx.manager)
      const change = apply(row, now, await lastSentAt(tx, row, now))
      const leaves = change.state === 'planned'
      if (leaves && row.approvedHash !== row.snapshotHash) throw new AppError('not_approved')
      if (!leaves || action === 'publish_as_new') await discardUploadsOf(tx.manager, [row])
      await transition(tx, [row], () => change, call)
      tx.afterCommit(() => this.signal.signalAll())
      return toPublication(row)
    })
  }
}

function decisionOf(resolution: Resolution): Decision {
  if ('action' in resolution) {
    const { action } = resolution
    const apply = action === 'publish_as_new' ? publishAsNew : acceptAsItIs
    return { action, from: action === 'give_up' ? unsent : stuck, apply }
  }
  const decision = { action: 'resolved', from: ['unconfirmed'] as PublicationState[] }
  if (!resolution.isLive) {
    // A person says that nothing sent so far is live: no earlier attempt is in doubt any more.
    const apply: Decision['apply'] = (row, now) => ({
      ...retryNow(now),
      clearedUpTo: row.attemptCount,
    })
    return { ...decision, apply }
  }
  return { ...decision, apply: (row, _now, at) => takeAsLive(row, resolution.permalink, at) }
}

/** Lanes are locked before publications, here as everywhere. */
async function wakeLaneOf({ manager }: Tx, id: string): Promise<void> {
  const row = await manager.findOneBy(PublicationRow, { id })
  if (row?.network) await wakeLanes(manager, [{ ...row, nextAttemptAt: new Date(0) }])
}

/** When the last request for the next part left: the best known time for a part that nobody saw become visible. */
async function lastSentAt({ manager }: Tx, { id, part }: PublicationRow, now: Date): Promise<Date> {
  const [attempt] = await manager.find(AttemptRow, {
    where: { publicationId: id, part, step: In(['publish', 'check']) },
    order: { number: 'DESC' },
    take: 1,
  })
  return attempt?.startedAt ?? now
}
