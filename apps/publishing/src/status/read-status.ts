import type { PublishingStatus } from '@hamava/contracts'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { isHeld, isLate } from '../lanes/work.ts'
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
const ageOf = (column: string, filter: string) =>
  `extract(epoch from clock_timestamp() - min(${column}) filter (where ${filter}))::float`

/** How publishing is doing, over all workspaces. */
@Injectable()
export class ReadStatus {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(configToken) private readonly config: Config,
  ) {}

  async read(): Promise<PublishingStatus> {
    const { manager } = this.dataSource
    const overdue = `p.state = 'planned' and p.approved_hash = p.snapshot_hash
      and p.next_attempt_at < clock_timestamp() - interval '1 second' and not ${isLate('$1')} and not ${isHeld}`
    const [counts] = await manager.query<Counts[]>(
      `select clock_timestamp() as at,
              count(*) filter (where ${overdue})::int as overdue,
              ${ageOf('p.due_at', overdue)} as "oldestOverdueSeconds",
              count(*) filter (where p.state = 'sending')::int as sending,
              ${ageOf('p.due_at', `p.state = 'sending'`)} as "oldestSendingSeconds",
              count(*) filter (where p.state = 'pending')::int as pending,
              ${ageOf('p.due_at', `p.state = 'pending'`)} as "oldestPendingSeconds",
              (select count(*) from publications
               where state in ('failed', 'unconfirmed', 'missed', 'held'))::int as "needsAttention"
       from publications p
       where p.state in ('planned', 'sending', 'pending') and p.next_attempt_at < clock_timestamp() + interval '1 h'`,
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
