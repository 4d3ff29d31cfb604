import { connectorOf, type Outcome } from '@hamava/networks'
import { newId, newLeaseOwner } from '@hamava/service-kit'
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import { ChannelRow } from '../channels/channel.entity.ts'
import type { Config } from '../config.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'
import { configToken } from '../tokens.ts'
import { claimDue, giveBack, untilNextDue } from './claim-due.ts'
import { type Intent, passedAlready, passFence, type Wanted } from './fence.ts'
import { MarkMissed } from './mark-missed.ts'
import { Reconciler } from './reconciler.ts'
import { type Job, SendPart } from './send-part.ts'
import { Settle } from './settle.ts'
import { sendWindowMs } from './timing.ts'
import { Wakening } from './wakening.ts'

/** With nothing known to be due, a replica looks again after this long. */
const longestRestMs = 1_000
const sweepMs = 5_000
/** When what is due is in other hands, it is looked at again after this. */
const shortestRestMs = 20
/** Replies come in bursts: what they free is filled in one go. */
const gatherMs = 5
const closeWithinMs = 10_000

type Loaded = Pick<Job, 'row' | 'attempt'> & { channel: ChannelRow | null }

/** The heart of a replica: claims what is due, passes it through the fence, and carries it out. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('dispatcher')
  private readonly owner = newLeaseOwner()
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
    this.wakening.listen(() => this.wake())
    this.running = this.run()
  }

  /** Stops claiming, lets what is in flight finish, gives the other leases back; before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true
    this.wake()
    await this.running
    const patience = new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref())
    await Promise.race([Promise.all(this.inFlight), patience])
    await giveBack(this.dataSource, this.owner, null)
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
        if (!isBusy) await this.rest(await this.untilNext())
      } catch (error) {
        this.logger.error(`a turn failed, going on: ${String(error)}`)
        await this.rest(500)
      }
    }
  }

  /** Takes what there is room for; true when there may be more. */
  private async turn(): Promise<boolean> {
    if (Date.now() - this.sweptAt > sweepMs) {
      this.sweptAt = Date.now()
      await this.missed
        .run(this.config.LATE_MINUTES)
        .catch((error) => this.logger.error(`cannot mark what was missed: ${String(error)}`))
    }
    const room = this.config.CONCURRENCY - this.inFlight.size
    if (room <= 0) {
      await Promise.race(this.inFlight)
      await pause(gatherMs)
      return true
    }
    const ids = await claimDue(this.dataSource, {
      owner: this.owner,
      leaseMs: this.config.LEASE_MS,
      limit: room,
      networks: this.config.PUBLISHING_NETWORKS,
      lateMinutes: this.config.LATE_MINUTES,
    })
    if (ids.length > 0) await this.carryOut(ids)
    return ids.length === room
  }

  private async carryOut(ids: string[]): Promise<void> {
    const sendUntil = performance.now() + sendWindowMs(this.config)
    const intents = await this.throughFence(ids)
    const passed = new Set(intents.map((intent) => intent.publicationId))
    const others = ids.filter((id) => !passed.has(id))
    if (intents.length > 0) await this.attemptAll(intents, sendUntil)
    if (others.length === 0) return
    for (const id of others) this.track(this.reconciler.run(id, this.owner))
    await giveBack(this.dataSource, this.owner, others)
  }

  private async throughFence(ids: string[]): Promise<Intent[]> {
    const wanted = ids.map((id): Wanted => ({ publicationId: id, attemptId: newId('attempt') }))
    const { LEASE_MS: leaseMs, LATE_MINUTES: lateMinutes } = this.config
    try {
      return await passFence(this.dataSource, wanted, { owner: this.owner, leaseMs, lateMinutes })
    } catch (error) {
      this.logger.warn(`the fence did not answer, asking what passed: ${String(error)}`)
      return this.persistently(() => passedAlready(this.dataSource, wanted))
    }
  }

  private async attemptAll(intents: Intent[], sendUntil: number): Promise<void> {
    for (const job of await this.persistently(() => this.load(intents))) {
      this.track(this.attempt(job, sendUntil))
    }
  }

  /** Nothing has left yet: as long as the lease holds, a database that is away is waited for. */
  private async persistently<T>(work: () => Promise<T>): Promise<T> {
    const until = performance.now() + sendWindowMs(this.config)
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (performance.now() > until) throw error
        await pause(100)
      }
    }
  }

  private track(work: Promise<void>): void {
    const guarded = work
      .catch((error) => this.logger.error(`left to its lease: ${String(error)}`))
      .finally(() => this.inFlight.delete(guarded))
    this.inFlight.add(guarded)
  }

  /** Everything a batch needs, in three reads. */
  private async load(intents: Intent[]): Promise<Loaded[]> {
    const [rows, attempts] = await Promise.all([
      this.dataSource
        .getRepository(PublicationRow)
        .findBy({ id: In(intents.map((intent) => intent.publicationId)) }),
      this.dataSource
        .getRepository(AttemptRow)
        .findBy({ id: In(intents.map((intent) => intent.attemptId)) }),
    ])
    const channels = await this.dataSource
      .getRepository(ChannelRow)
      .findBy({ id: In(rows.map((row) => row.channelId)) })
    return rows.flatMap((row) => {
      const attempt = attempts.find((one) => one.publicationId === row.id)
      const channel = channels.find((one) => one.id === row.channelId) ?? null
      return attempt ? [{ row, attempt, channel }] : []
    })
  }

  private async attempt({ row, attempt, channel }: Loaded, sendUntil: number): Promise<void> {
    await this.settle.record(attempt, await this.outcomeOf({ row, attempt, channel }, sendUntil))
  }

  private async outcomeOf({ row, attempt, channel }: Loaded, sendUntil: number): Promise<Outcome> {
    if (!channel || channel.removedAt) {
      return { kind: 'rejected', reason: reasons.channelGone(row.channelId) }
    }
    if (channel.health === 'reconnect') {
      return { kind: 'reconnect', reason: reasons.needsReconnect(channel.handle) }
    }
    const connector = connectorOf(row.network)
    if (!connector) return { kind: 'rejected', reason: reasons.noConnector(row.network) }
    return this.sending.send({ row, attempt, channel, connector, sendUntil })
  }

  private async untilNext(): Promise<number> {
    const untilDue = await untilNextDue(this.dataSource, {
      networks: this.config.PUBLISHING_NETWORKS,
      lateMinutes: this.config.LATE_MINUTES,
    })
    return Math.max(shortestRestMs, Math.min(untilDue ?? longestRestMs, longestRestMs))
  }

  private rest(ms: number): Promise<void> {
    if (this.isWoken || this.isStopped) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wakeFromRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
