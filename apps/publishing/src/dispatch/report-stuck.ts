import { Transactions } from '@hamava/bus'
import { publicationStuck, systemContext } from '@hamava/contracts'
import { Inject, Injectable, Logger } from '@nestjs/common'
import type { Config } from '../config.ts'
import { configToken } from '../tokens.ts'

interface Stuck {
  id: string
  workspaceId: string
  state: 'sending' | 'pending'
  since: Date
}

/** Reports once each publication that has been on its way since its due time for longer than `STUCK_AFTER_MS`. */
@Injectable()
export class ReportStuck {
  private readonly logger = new Logger('stuck')

  constructor(
    private readonly transactions: Transactions,
    @Inject(configToken) private readonly config: Config,
  ) {}

  async run(): Promise<void> {
    await this.transactions.run(async (tx) => {
      const [found] = await tx.manager.query<[Stuck[], number]>(
        `with begun as (
           select p.id, min(a.started_at) as since
           from publications p join attempts a on a.publication_id = p.id and a.part = p.part
             and a.step in ('publish', 'check') and a.started_at >= p.due_at
           where p.state in ('sending', 'pending') and p.stuck_since is null
             and p.due_at < clock_timestamp() - $1 * interval '1 ms'
           group by p.id
           having min(a.started_at) < clock_timestamp() - $1 * interval '1 ms'
           limit 200)
         update publications p set stuck_since = begun.since
         from begun where p.id = begun.id and p.stuck_since is null
         returning p.id, p.workspace_id as "workspaceId", p.state, p.stuck_since as since`,
        [this.config.STUCK_AFTER_MS],
      )
      for (const { id, workspaceId, state, since } of found) {
        this.logger.error(`${id} has been in ${state} since ${since.toISOString()}`)
        tx.publish(publicationStuck, systemContext(workspaceId, 'publishing'), {
          publicationId: id,
          state,
          since: since.toISOString(),
        })
      }
    })
  }
}
