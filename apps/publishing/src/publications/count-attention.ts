import type { CallContext, LedgerCounts } from '@hamava/contracts'
import { chosenChannels } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'

/** Counts what waits for a person. Asked often, so it is counted from small partial indexes. */
@Injectable()
export class CountAttention {
  constructor(private readonly dataSource: DataSource) {}

  async count(call: CallContext): Promise<LedgerCounts> {
    const counts: LedgerCounts = {
      failed: 0,
      unconfirmed: 0,
      missed: 0,
      held: 0,
      risk: 0,
    }
    const rows = await this.dataSource.query<{ cause: keyof LedgerCounts; count: number }[]>(
      `select p.state as cause, count(*)::int as count
         from channels c join publications p on p.channel_id = c.id
        where c.workspace_id = $1 and ($2::text[] is null or c.id = any($2))
          and p.state in ('failed', 'unconfirmed', 'missed', 'held')
        group by p.state
       union all
       select 'risk', count(*)::int from publications p
        where p.workspace_id = $1 and ($2::text[] is null or p.channel_id = any($2))
          and p.risks <> '[]' and p.state in ('planned', 'pending')`,
      [call.workspaceId, chosenChannels(call)],
    )
    for (const { cause, count } of rows) counts[cause] = count
    return counts
  }
}
