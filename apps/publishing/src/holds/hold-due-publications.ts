import { Transactions } from '@hamava/bus'
import { Injectable } from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import { isDueBy, isHeld, isPreparing, thisMoment } from '../lanes/work.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { transition } from '../publications/transition.ts'
import { reasons } from '../reasons.ts'
import { HoldRow } from './hold.entity.ts'
import { matches } from './hold-scope.ts'

const batch = 200

/** Sets publications that come due under a hold to `held`; the fence has stopped them already. */
@Injectable()
export class HoldDuePublications {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  async run(): Promise<void> {
    const active = await this.dataSource.query<unknown[]>(
      'select 1 from holds where released_at is null limit 1',
    )
    if (active.length === 0) return
    const isDue = `${isDueBy(thisMoment)} and p.next_attempt_at <= ${thisMoment}`
    for (const waits of [isDue, isPreparing]) {
      let count = batch
      while (count === batch) count = await this.holdBatch(waits)
    }
  }

  private holdBatch(waits: string): Promise<number> {
    return this.transactions.run(async (tx) => {
      const rows = await tx.manager
        .getRepository(PublicationRow)
        .createQueryBuilder('p')
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .where(waits)
        .andWhere(isHeld)
        .orderBy('p.id')
        .limit(batch)
        .getMany()
      const holds = await tx.manager.findBy(HoldRow, {
        workspaceId: In(rows.map((row) => row.workspaceId)),
      })
      await transition(tx, rows, (row) => {
        const hold = holds.find((one) => !one.releasedAt && matches(one, row))
        return hold ? { state: 'held', holdId: hold.id, reason: reasons.held(hold.reason) } : null
      })
      return rows.length
    })
  }
}
