import { Transactions, type Tx } from '@hamava/bus'
import { Injectable } from '@nestjs/common'
import { isDueBy, isHeld, isLate, isPreparing, thisMoment } from '../lanes/work.ts'
import { lateMinutesIn } from '../policy/late-minutes-in.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { setAside } from '../publications/set-aside.ts'
import { transition } from '../publications/transition.ts'
import { reasons } from '../reasons.ts'

const batch = 200

/** Marks posts that could not leave in time as missed, however long ago they were due; a person decides. */
@Injectable()
export class MarkMissed {
  constructor(private readonly transactions: Transactions) {}

  /** @param lateMinutes how late is too late where a workspace has said nothing. */
  async run(lateMinutes: number): Promise<void> {
    // Two queries, so that each uses its own index.
    for (const waits of [isDueBy(thisMoment), isPreparing]) {
      let count = batch
      while (count === batch) count = await this.markBatch(waits, lateMinutes)
    }
  }

  private markBatch(waits: string, lateMinutes: number): Promise<number> {
    return this.transactions.run(async (tx) => {
      const late = await tx.manager
        .getRepository(PublicationRow)
        .createQueryBuilder('p')
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .where(`${waits} and ${isLate(':late')}`, { late: lateMinutes })
        .andWhere(`not ${isHeld}`)
        .limit(batch)
        .getMany()
      await this.mark(tx, late, lateMinutes)
      return late.length
    })
  }

  private async mark(tx: Tx, late: PublicationRow[], normal: number): Promise<void> {
    const workspaceIds = late.map((row) => row.workspaceId)
    const minutesOf = await lateMinutesIn(tx.manager, workspaceIds, normal)
    await transition(tx, late, (row) => ({
      ...setAside(row),
      ...endOf(row, minutesOf(row.workspaceId)),
    }))
  }
}

/** `unconfirmed`, not `missed`, if an unanswered request may still have published it, although it was not seen. */
function endOf(row: PublicationRow, minutes: number): Pick<PublicationRow, 'state' | 'reason'> {
  if (row.clearedUpTo > 0) return { state: 'unconfirmed', reason: reasons.notSeen(row.network) }
  return { state: 'missed', reason: whyMissed(row, minutes) }
}

function whyMissed(row: PublicationRow, minutes: number) {
  if (row.approvedHash !== row.snapshotHash) return reasons.notApproved(minutes)
  if (row.pendingState) return reasons.missedInProcessing(row.network, minutes)
  return reasons.missed(minutes)
}
