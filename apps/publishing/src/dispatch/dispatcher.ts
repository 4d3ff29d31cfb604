import { hostname } from 'node:os'
import { connectorOf, type Outcome } from '@hamava/networks'
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import { MediaUnreadable } from '../assets/read-media.ts'
import { ChannelRow } from '../channels/channel.entity.ts'
import type { Config } from '../config.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'
import { configToken } from '../tokens.ts'
import { claimDue, untilNextDue } from './claim-due.ts'
import { type Intent, passFence } from './fence.ts'
import { MarkMissed } from './mark-missed.ts'
import { Reconciler } from './reconciler.ts'
import { type Job, SendPart } from './send-part.ts'
import { Settle } from './settle.ts'
import { Wakening } from './wakening.ts'

/** With nothing known to be due, a replica looks again after this long. */
const longestRestMs = 1_000
const sweepMs = 5_000
const closeWithinMs = 10_000

/** The heart of a replica: claims what is due, passes it through the fence, and carries it out. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('dispatcher')
  private readonly owner = `${hostname()}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`
  private readonly inFlight = new Set<Promise<void>>()
  private isStopped = false
  private isWoken = false
  private wakeFromRest: () => void = () => undefined
  private running: Promise<void> | null = null
  private sweptAt = 0

  constructor(
    private readonly dataSource: DataSource,
    private readonly sending: SendPart,
    private readonly settle: Settle,
    private readonly reconciler: Reconciler,
    private readonly missed: MarkMissed,
    private readonly wakening: Wakening,
    @Inject(configToken) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    void this.wakening.listen(() => this.wake())
    this.running = this.run()
  }

  /** Stops claiming, lets what is in flight finish, gives the other leases back. */
  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true
    this.wake()
    await this.running
    const patience = new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref())
    await Promise.race([Promise.all(this.inFlight), patience])
    await this.dataSource.query(
      `update publications set lease_owner = null, lease_until = null
       where lease_owner = $1 and state in ('planned', 'pending')`,
      [this.owner],
    )
  }

  private wake(): void {
    this.isWoken = true
    this.wakeFromRest()
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      try {
        this.isWoken = false
        const isBusy = await this.turn()
        if (!isBusy) await this.rest()
      } catch (error) {
        this.logger.error(`a turn failed, going on: ${String(error)}`)
        await this.sleep(500)
      }
    }
  }

  /** Takes what there is room for; true when there may be more. */
  private async turn(): Promise<boolean> {
    if (Date.now() - this.sweptAt > sweepMs) {
      await this.missed.run(this.config.LATE_MINUTES)
      this.sweptAt = Date.now()
    }
    const room = this.config.CONCURRENCY - this.inFlight.size
    if (room <= 0) {
      await Promise.race(this.inFlight)
      return true
    }
    const ids = await claimDue(this.dataSource, {
      owner: this.owner,
      leaseMs: this.config.LEASE_MS,
      limit: room,
      networks: this.config.PUBLISHING_NETWORKS,
    })
    if (ids.length > 0) await this.carryOut(ids)
    return ids.length === room
  }

  private async carryOut(ids: string[]): Promise<void> {
    const intents = await passFence(this.dataSource, ids, {
      owner: this.owner,
      leaseMs: this.config.LEASE_MS,
      lateMinutes: this.config.LATE_MINUTES,
    })
    for (const job of await this.load(intents)) this.track(this.attempt(job))
    const passed = new Set(intents.map((intent) => intent.publicationId))
    for (const id of ids.filter((one) => !passed.has(one))) {
      this.track(this.reconciler.run(id, this.owner))
    }
  }

  private track(work: Promise<void>): void {
    const guarded = work
      .catch((error) => this.logger.error(`left to its lease: ${String(error)}`))
      .finally(() => this.inFlight.delete(guarded))
    this.inFlight.add(guarded)
  }

  /** Everything a batch needs, in three reads. */
  private async load(intents: Intent[]): Promise<Omit<Job, 'connector'>[]> {
    if (intents.length === 0) return []
    const ids = intents.map((intent) => intent.publicationId)
    const [rows, attempts] = await Promise.all([
      this.dataSource.getRepository(PublicationRow).findBy({ id: In(ids) }),
      this.dataSource
        .getRepository(AttemptRow)
        .findBy({ id: In(intents.map((intent) => intent.attemptId)) }),
    ])
    const channels = await this.dataSource
      .getRepository(ChannelRow)
      .findBy({ id: In(rows.map((row) => row.channelId)) })
    return rows.flatMap((row) => {
      const attempt = attempts.find((one) => one.publicationId === row.id)
      const channel = channels.find((one) => one.id === row.channelId)
      return attempt && channel ? [{ row, attempt, channel }] : []
    })
  }

  private async attempt({ row, attempt, channel }: Omit<Job, 'connector'>): Promise<void> {
    const connector = connectorOf(row.network)
    const outcome: Outcome =
      connector && !channel.removedAt
        ? await this.send({ row, attempt, channel, connector })
        : { kind: 'rejected', reason: reasons.noConnector(row.network) }
    await this.record(attempt, outcome)
  }

  private async send(job: Job): Promise<Outcome> {
    try {
      return await this.sending.send(job)
    } catch (error) {
      this.logger.error(`${job.row.id} could not be sent: ${String(error)}`)
      const reason = reasons.fault(String(error))
      // A file that could not be read was never sent; about anything else we cannot be sure.
      const kind = error instanceof MediaUnreadable ? 'temporary' : 'unknown_outcome'
      return { kind, reason }
    }
  }

  /** An answer is kept in memory until it is written, or its lease is over and reconcile takes over. */
  private async record(attempt: AttemptRow, outcome: Outcome): Promise<void> {
    const until = Date.now() + this.config.LEASE_MS
    for (;;) {
      try {
        return await this.settle.outcome(attempt, outcome)
      } catch (error) {
        if (Date.now() > until) throw error
        this.logger.warn(`cannot write an outcome yet: ${String(error)}`)
        await this.sleep(250)
      }
    }
  }

  private async rest(): Promise<void> {
    const untilDue = await untilNextDue(this.dataSource, this.config.PUBLISHING_NETWORKS)
    const ms = Math.max(1, Math.min(untilDue ?? longestRestMs, longestRestMs))
    if (!this.isWoken && !this.isStopped) await this.sleep(ms)
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wakeFromRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
