import { newLeaseOwner } from '@hamava/service-kit'
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common'
import { Client } from 'pg'
import { DataSource } from 'typeorm'
import type { Config } from '../../config.ts'
import { configToken } from '../../tokens.ts'

const tryAgainMs = 500
const lockOf = (parameter: string) => `hashtextextended('replica ' || ${parameter}, 0)`

/**
 * A replica's sign of life: a lock of a database session of its own, which PostgreSQL gives up when
 * the process is gone, and keeps while it merely stands still. So a lease that ran out can be told
 * from an owner that will never send again.
 */
@Injectable()
export class ReplicaPresence implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly owner = newLeaseOwner()
  private readonly logger = new Logger('presence')
  private client: Client | null = null
  private timer: NodeJS.Timeout | null = null
  private isStopped = false

  constructor(
    private readonly dataSource: DataSource,
    @Inject(configToken) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.appear()
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
    await this.client?.end().catch(() => undefined)
  }

  /** Whether none of these replicas can send any more: their sessions have ended. */
  async areGone(owners: string[]): Promise<boolean> {
    const others = owners.filter((owner) => owner !== this.owner)
    if (others.length === 0) return true
    const [row] = await this.dataSource.query<{ gone: boolean }[]>(
      `select bool_and(pg_try_advisory_xact_lock_shared(${lockOf('o')})) as gone from unnest($1::text[]) as o`,
      [others],
    )
    return row?.gone ?? false
  }

  private async appear(): Promise<void> {
    const client = new Client({
      connectionString: this.config.DATABASE_URL,
      keepAlive: true,
      application_name: `publisher ${this.owner}`.slice(0, 63),
    })
    const vanish = () => {
      if (this.client === client) this.client = null
      this.appearLater()
    }
    client.on('error', vanish)
    client.on('end', vanish)
    try {
      await client.connect()
      await client.query(`select pg_advisory_lock(${lockOf('$1')})`, [this.owner])
      this.client = client
    } catch (error) {
      this.logger.warn(`cannot show that this replica is alive, trying again: ${String(error)}`)
      await client.end().catch(() => undefined)
      this.appearLater()
    }
  }

  private appearLater(): void {
    if (this.isStopped) return
    if (this.timer) clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.appear(), tryAgainMs)
    this.timer.unref()
  }
}
