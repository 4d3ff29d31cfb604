import type { PublishingStatus } from '@hamava/contracts'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { isDueBy, isHeld, isLate, thisMoment } from '../lanes/work.ts'
import { configToken } from '../tokens.ts'
import { latenessSince } from './lateness-since.ts'

interface Counts {
  at: Date
  overdue: number
  oldestOverdueSeconds: number | null
  sending: number
  oldestSendingSeconds: number | null
  pending: number
  oldestPendingSeconds: number | null
  needsAttention: number
}

const dayMs = 86_400_000
const countAndAge = (state: string, count: string, age: string) =>
  `count(*) filter (where p.state = '${state}')::int as "${count}",
   extract(epoch from clock_timestamp() - min(p.due_at) filter (where p.state = '${state}'))::float as "${age}"`

/** How publishing is doing, over all workspaces. */
@Injectable()
export class ReadStatus {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(configToken) private readonly config: Config,
  ) {}

  async read(): Promise<PublishingStatus> {
    const { manager } = this.dataSource
    const overdueSince = `${thisMoment} - interval '1 second'`
    const [counts] = await manager.query<Counts[]>(
      `select clock_timestamp() as at,
              ${countAndAge('planned', 'overdue', 'oldestOverdueSeconds')},
              ${countAndAge('sending', 'sending', 'oldestSendingSeconds')},
              ${countAndAge('pending', 'pending', 'oldestPendingSeconds')},
              (select count(*) from publications
               where state in ('failed', 'unconfirmed', 'missed', 'held'))::int as "needsAttention"
       from (
         select p.state, p.due_at from publications p
         where ${isDueBy(overdueSince)} and p.next_attempt_at < ${overdueSince}
           and p.approved_hash = p.snapshot_hash and not ${isLate('$1')} and not ${isHeld}
         union all
         select p.state, p.due_at from publications p where p.state in ('sending', 'pending')
       ) p`,
      [this.config.LATE_MINUTES],
    )
    if (!counts) throw new Error('the database answered nothing')
    const now = counts.at
    const lateness = await latenessSince(manager, new Date(now.getTime() - dayMs), now)
    const replicas = await manager.query<{ name: string }[]>(
      `select application_name as name from pg_stat_activity
       where application_name like 'publisher %' and datname = current_database() order by 1`,
    )
    return {
      ...counts,
      at: now.toISOString(),
      published: lateness.count,
      lateness,
      replicas: replicas.map(({ name }) => name),
    }
  }
}
