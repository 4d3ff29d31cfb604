import { setTimeout as delay } from 'node:timers/promises'
import { connectorOf } from '@hamava/networks'
import { withTimeout } from '@hamava/service-kit'
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { untilNextLane } from '../lanes/claim-lanes.ts'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { giveBackLanes } from '../lanes/free-lanes.ts'
import { reasons } from '../reasons.ts'
import { configToken } from '../tokens.ts'
import { AdaptiveLimit } from './claim/adaptive-limit.ts'
import { InFlightLimiter } from './claim/in-flight-limiter.ts'
import { type Intent, type LeftInDoubt, WriteIntents } from './claim/write-intents.ts'
import { ReplicaPresence } from './in-doubt/replica-presence.ts'
import { ResolveInDoubt } from './in-doubt/resolve-in-doubt.ts'
import { SendPart, type Sent } from './send/send-part.ts'
import { OutcomeQueue } from './settle/outcome-queue.ts'
import { sendWindowMs } from './timing.ts'

/** With nothing known to be due, a replica looks again after this long: a wake-up may have been lost. */
const longestRestMs = 500
/** Pause before looking again when due lanes are locked or leased by another replica. */
const shortestRestMs = 20
/** Intents are written at most this often: publications that become due meanwhile join the next write. */
const flushEveryMs = 5
const closeWithinMs = 10_000
/** Unwritten outcomes allowed per permit: while the database is slow, no further request begins. */
const mostUnwritten = 8
/** A lane may become visible after its due time, by the length of the transaction that wrote it. */
const lookBackMs = 2_000
/** One in this many turns takes the lanes due longest first; the others prefer lanes that can still be on time. */
const turnsForBacklog = 4
/** All lanes are looked at this often, to find those that `lookBackMs` missed. */
const lookAtAllMs = 5_000

/** The heart of a replica: takes what is due through the fence, and carries it out. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('dispatcher')
  private readonly inFlight: InFlightLimiter
  private readonly unwritten = new Set<Promise<void>>()
  private isStopped = false
  private isWoken = false
  private wakeFromRest: () => void = () => undefined
  private running: Promise<void> | null = null
  private since = new Date(0)
  private lookedAtAllAt = 0
  private turns = 0

  constructor(
    private readonly dataSource: DataSource,
    private readonly intents: WriteIntents,
    private readonly sending: SendPart,
    private readonly outcomes: OutcomeQueue,
    private readonly resolving: ResolveInDoubt,
    private readonly presence: ReplicaPresence,
    private readonly signal: DispatchSignal,
    @Inject(configToken) private readonly config: Config,
  ) {
    this.inFlight = new InFlightLimiter(new AdaptiveLimit(config.CONCURRENCY), () => this.wake())
  }

  onApplicationBootstrap(): void {
    this.signal.listen(() => this.wake())
    this.running = this.run()
  }

  /** Stops claiming, lets what is in flight finish, gives the other leases back; before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true
    this.wake()
    await this.running
    await this.inFlight.idle(closeWithinMs)
    await withTimeout(closeWithinMs, Promise.all(this.unwritten))
    await giveBackLanes(this.dataSource.manager, this.presence.owner).catch((error) =>
      this.logger.warn(`leases are left to run out: ${String(error)}`),
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
        await (isBusy ? delay(flushEveryMs) : this.rest(await this.untilNext()))
      } catch (error) {
        this.logger.error(`a turn failed, going on: ${String(error)}`)
        await this.rest(500)
      }
    }
  }

  /** Takes what there is room for; true when there may be more. */
  private async turn(): Promise<boolean> {
    await this.inFlight.waitForPermits()
    const room = Math.min(
      this.inFlight.free,
      mostUnwritten * this.config.CONCURRENCY - this.unwritten.size,
    )
    if (room <= 0) return true
    const isAll = performance.now() - this.lookedAtAllAt > lookAtAllMs
    if (isAll) this.lookedAtAllAt = performance.now()
    const sendUntil = performance.now() + sendWindowMs(this.config)
    // See `isFreshFirst`: a backlog does not delay lanes that can still be on time, and is still worked off.
    this.turns += 1
    const since = isAll ? new Date(0) : this.since
    const fullNetworks = this.inFlight.fullNetworks
    const { intents, inDoubt, seen, lastDueAt, now } = await this.intents.run(this.presence.owner, {
      limit: room,
      since,
      fullNetworks,
      isFreshFirst: this.turns % turnsForBacklog !== 0,
    })
    for (const intent of intents) this.carryOut(intent, sendUntil)
    this.resolveInDoubt(inDoubt)
    const isFull = seen === room
    const reached = isFull ? lastDueAt : now
    // With full networks left out, `since` stays, so that their lanes are looked at again.
    if (reached && fullNetworks.length === 0)
      this.since = later(this.since, new Date(reached.getTime() - lookBackMs))
    return isFull
  }

  /** A permit covers the request alone: its outcome is written while the next request is in flight. */
  private carryOut(intent: Intent, sendUntil: number): void {
    const attempt = { ...intent.attempt, channelId: intent.row.channelId }
    const sending = this.outcomeOf(intent, sendUntil)
    this.inFlight.take(this.guarded(sending), intent.row.network)
    const recorded = this.guarded(sending.then((sent) => this.outcomes.record(attempt, sent)))
    this.unwritten.add(recorded)
    void recorded.finally(() => this.unwritten.delete(recorded))
  }

  private resolveInDoubt(doubts: LeftInDoubt[]): void {
    const ids = doubts.map(({ id }) => id)
    this.resolving.run(ids, this.presence.owner).forEach((foundOut, at) => {
      this.inFlight.take(this.guarded(foundOut), doubts[at]?.network ?? '')
    })
  }

  private async guarded(work: Promise<unknown>): Promise<void> {
    await work.catch((error) => this.logger.error(`left to its lease: ${String(error)}`))
  }

  private async outcomeOf({ row, attempt, channel }: Intent, sendUntil: number): Promise<Sent> {
    const unsent = (outcome: Sent['outcome']): Sent => ({ outcome, exchanges: [] })
    if (!channel || channel.removedAt) {
      return unsent({ kind: 'rejected', reason: reasons.channelGone(channel?.handle ?? null) })
    }
    if (channel.health === 'reconnect') {
      return unsent({ kind: 'reconnect', reason: reasons.needsReconnect(channel.handle) })
    }
    const connector = connectorOf(row.network)
    if (!connector) return unsent({ kind: 'rejected', reason: reasons.noConnector(row.network) })
    return this.sending.send({ row, attempt, channel, connector, sendUntil })
  }

  private async untilNext(): Promise<number> {
    const untilDue = await untilNextLane(this.dataSource.manager, {
      networks: this.config.PUBLISHING_NETWORKS,
      since: this.since,
      fullNetworks: this.inFlight.fullNetworks,
    })
    return Math.max(shortestRestMs, Math.min(untilDue ?? longestRestMs, longestRestMs))
  }

  private rest(ms: number): Promise<void> {
    if (this.isWoken || this.isStopped) return delay(flushEveryMs)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wakeFromRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

const later = (one: Date, other: Date) => (one > other ? one : other)
