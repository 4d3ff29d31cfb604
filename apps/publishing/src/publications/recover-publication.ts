import { Transactions, type Tx } from '@hamava/bus'
import type {
  CallContext,
  ParsedInputOf,
  Publication,
  PublicationState,
  settlePublication,
} from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { databaseNow } from '../database/database-now.ts'
import { Wakening } from '../dispatch/wakening.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { reasons } from '../reasons.ts'
import { announce } from './announce.ts'
import { assertTransition } from './lifecycle.ts'
import { PublicationRow } from './publication.entity.ts'
import { isHidden, notFound } from './read-publications.ts'
import { showPublication } from './show-publication.ts'

type Resolution = ParsedInputOf<typeof settlePublication>['resolution']

/** What a person can do about a publication that needs attention. */
@Injectable()
export class RecoverPublication {
  constructor(
    private readonly transactions: Transactions,
    private readonly wakening: Wakening,
  ) {}

  /** Tries again now, from the first part that is not up. */
  retry(call: CallContext, id: string): Promise<Publication> {
    return this.change(call, id, ['failed', 'missed', 'held'], 'retried', retryNow)
  }

  /** Settles an unconfirmed publication by a person's word. */
  resolve(call: CallContext, id: string, resolution: Resolution): Promise<Publication> {
    return this.change(call, id, ['unconfirmed'], 'resolved', (row, now) =>
      resolution.isLive ? takeAsLive(row, resolution.permalink, now) : retryNow(row, now),
    )
  }

  private change(
    call: CallContext,
    id: string,
    allowed: PublicationState[],
    action: string,
    apply: (row: PublicationRow, now: Date) => Partial<PublicationRow>,
  ): Promise<Publication> {
    return this.transactions.run(async (tx) => {
      const rows = tx.manager.getRepository(PublicationRow)
      await wakeLaneOf(tx, id)
      const row = await rows.findOne({
        where: { id, workspaceId: call.workspaceId },
        lock: { mode: 'pessimistic_write' },
      })
      if (!row || isHidden(call, row.channelId)) throw notFound(id)
      if (!allowed.includes(row.state)) {
        throw new AppError('publication_state', { state: row.state, action })
      }
      if (row.approvedHash !== row.snapshotHash) throw new AppError('not_approved')
      const before = row.state
      Object.assign(row, apply(row, await databaseNow(tx.manager)))
      assertTransition(before, row.state)
      await rows.save(row)
      announce(tx, call, row, before)
      tx.afterCommit(() => this.wakening.wakeAll())
      return showPublication(row)
    })
  }
}

/** Lanes are locked before publications, here as everywhere. */
async function wakeLaneOf({ manager }: Tx, id: string): Promise<void> {
  const row = await manager.findOneBy(PublicationRow, { id })
  if (row?.network) await wakeLanes(manager, [{ ...row, nextAttemptAt: new Date(0) }])
}

/** The due time becomes now: lateness is counted from the moment a person asked for. */
function retryNow(_row: PublicationRow, now: Date): Partial<PublicationRow> {
  return {
    state: 'planned',
    dueAt: now,
    nextAttemptAt: now,
    absentReads: 0,
    failures: 0,
    pendingState: null,
    holdId: null,
    stuckSince: null,
    reason: null,
  }
}

/** The network's own id stays unknown: parts that would follow have nothing to be attached to. */
function takeAsLive(
  row: PublicationRow,
  permalink: string,
  publishedAt: Date,
): Partial<PublicationRow> {
  const part = {
    part: row.part,
    id: permalink,
    permalink,
    ref: { value: null },
    at: publishedAt.toISOString(),
  }
  const liveParts = [...row.liveParts, part]
  const first = liveParts[0] ?? part
  const isWhole = row.part + 1 === row.partCount
  return {
    state: isWhole ? 'published' : 'failed',
    part: isWhole ? row.part : row.part + 1,
    liveParts,
    remoteId: first.id,
    permalink: first.permalink,
    publishedAt: isWhole ? publishedAt : null,
    reason: isWhole ? null : reasons.cannotContinue(),
  }
}
