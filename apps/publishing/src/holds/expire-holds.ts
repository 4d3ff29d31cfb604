import { Transactions } from '@hamava/bus'
import { systemContext } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ReleaseHold } from './release-hold.ts'

/** Holds whose time is over end by themselves. */
@Injectable()
export class ExpireHolds {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly releasing: ReleaseHold,
  ) {}

  async run(): Promise<void> {
    const over = await this.dataSource.query<{ id: string; workspaceId: string }[]>(
      `select id, workspace_id as "workspaceId" from holds
       where released_at is null and until <= clock_timestamp() limit 100`,
    )
    for (const { id, workspaceId } of over) {
      await this.transactions.run(async (tx) => {
        // Skipped if another replica is ending the hold.
        const free = await tx.manager.query<unknown[]>(
          'select 1 from holds where id = $1 and released_at is null for update skip locked',
          [id],
        )
        if (free.length === 0) return
        await this.releasing.end(tx, systemContext(workspaceId, 'publishing'), id, 'ended')
      })
    }
  }
}
