import { Transactions } from '@hamava/bus'
import { systemContext } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { isDueBy, isHeld, isLate, thisMoment } from '../lanes/work.ts'
import { announce } from '../publications/announce.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'

const batch = 200

/** Posts that could not leave in time are missed, and a person is asked; there is no limit to looking back. */
@Injectable()
export class MarkMissed {
  constructor(private readonly transactions: Transactions) {}

  async run(lateMinutes: number): Promise<void> {
    let count = batch
    while (count === batch) count = await this.markBatch(lateMinutes)
  }

  private markBatch(lateMinutes: number): Promise<number> {
    return this.transactions.run(async (tx) => {
      const late = await tx.manager
        .getRepository(PublicationRow)
        .createQueryBuilder('p')
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .where(`${isDueBy(thisMoment)} and ${isLate(':late')}`, {
          late: lateMinutes,
        })
        .andWhere(`not ${isHeld}`)
        .limit(batch)
        .getMany()
      for (const row of late) {
        const isApproved = row.approvedHash === row.snapshotHash
        const reason = isApproved ? reasons.missed(lateMinutes) : reasons.notApproved(lateMinutes)
        Object.assign(row, { state: 'missed', reason, leaseOwner: null, leaseUntil: null })
      }
      for (const row of await tx.manager.save(late)) {
        announce(tx, systemContext(row.workspaceId, 'publishing'), row, 'planned')
      }
      return late.length
    })
  }
}
