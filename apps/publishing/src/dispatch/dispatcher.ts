import { connectorOf } from '@hamava/networks'
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
import { giveBackLanes } from '../lanes/free-lanes.ts'
import { reasons } from '../reasons.ts'
import { configToken } from '../tokens.ts'
import { Pace } from './pace.ts'
import { Reconciler } from './reconciler.ts'
import { ReplicaPresence } from './replica-presence.ts'
import { SendPart, type Sent } from './send-part.ts'
import { Settle } from './settle.ts'
import { Slots } from './slots.ts'
import { sendWindowMs } from './timing.ts'
import { Wakening } from './wakening.ts'
import { type Doubt, type Intent, WriteIntents } from './write-intents.ts'

/** With nothing known to be due, a replica looks again after this long: a wake-up may have been lost. */
const longestRestMs = 500
/** When what is due is in other hands, it is looked at again after this. */
const shortestRestMs = 20
/** Intents are written at most this often: what becomes due meanwhile goes along. */
const flushEveryMs = 5
const closeWithinMs = 10_000
/** Results that wait to be written, for each place: with a database that is slow, nothing more is begun. */
const mostUnwritten = 8
/** Lanes may become visible later than the time they are due at, by the length of a transaction. */
const lookBackMs = 2_000
/** One turn of so many is for what has waited longest; the others are for what can still be on time. */
const turnsForBacklog = 4
/** Lanes that the look back has missed are found by looking at all of them this often. */
const lookAtAllMs = 5_000

/** The heart of a replica: takes what is due through the fence, and carries it out. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('dispatcher')
  private readonly slots: Slots
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
    private readonly settle: Settle,
    private readonly reconciler: Reconciler,
    private readonly presence: ReplicaPresence,
    private readonly wakening: Wakening,
    @Inject(configToken) private readonly config: Config,
  ) {
    this.slots = new Slots(new Pace(config.CONCURRENCY), () => this.wake())
  }

  onApplicationBootstrap(): void {
    this.wakening.listen(() => this.wake())
    this.running = this.run()
  }

  /** Stops claiming, lets what is in flight finish, gives the other leases back; before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true
    this.wake()
    await this.running
    await this.slots.idle(closeWithinMs)
    await within(closeWithinMs, Promise.all(this.unwritten))
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
        await (isBusy ? pause(flushEveryMs) : this.rest(await this.untilNext()))
      } catch (error) {
        this.logger.error(`a turn failed, going on: ${String(error)}`)
        await this.rest(500)
      }
    }
  }

  /** Takes what there is room for; true when there may be more. */
  private async turn(): Promise<boolean> {
    await this.slots.gather()
    const room = Math.min(
      this.slots.free,
      mostUnwritten * this.config.CONCURRENCY - this.unwritten.size,
    )
    if (room <= 0) return true
    const isAll = performance.now() - this.lookedAtAllAt > lookAtAllMs
    if (isAll) this.lookedAtAllAt = performance.now()
    const sendUntil = performance.now() + sendWindowMs(this.config)
    // A backlog delays nobody who can still be on time, and is worked off all the same.
    this.turns += 1
    const since = isAll ? new Date(0) : this.since
    const fullNetworks = this.slots.fullNetworks
    const { intents, doubts, seen, lastDueAt, now } = await this.intents.run(this.presence.owner, {
      limit: room,
      since,
      fullNetworks,
      isFreshFirst: this.turns % turnsForBacklog !== 0,
    })
    for (const intent of intents) this.carryOut(intent, sendUntil)
    this.findOut(doubts)
    const isFull = seen === room
    const reached = isFull ? lastDueAt : now
    // What was left out is looked for again.
    if (reached && fullNetworks.length === 0)
      this.since = later(this.since, new Date(reached.getTime() - lookBackMs))
    return isFull
  }

  /** The place is for the request alone: what came of it is written while the next is on its way. */
  private carryOut(intent: Intent, sendUntil: number): void {
    const tried = { ...intent.attempt, channelId: intent.row.channelId }
    const sending = this.outcomeOf(intent, sendUntil)
    this.slots.take(this.guarded(sending), intent.row.network)
    const recorded = this.guarded(sending.then((sent) => this.settle.record(tried, sent)))
    this.unwritten.add(recorded)
    void recorded.finally(() => this.unwritten.delete(recorded))
  }

  private findOut(doubts: Doubt[]): void {
    const ids = doubts.map(({ id }) => id)
    this.reconciler.run(ids, this.presence.owner).forEach((foundOut, at) => {
      this.slots.take(this.guarded(foundOut), doubts[at]?.network ?? '')
    })
  }

  private async guarded(work: Promise<unknown>): Promise<void> {
    await work.catch((error) => this.logger.error(`left to its lease: ${String(error)}`))
  }

  private async outcomeOf({ row, attempt, channel }: Intent, sendUntil: number): Promise<Sent> {
    const unsent = (outcome: Sent['outcome']): Sent => ({ outcome, witnessed: [] })
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
      fullNetworks: this.slots.fullNetworks,
    })
    return Math.max(shortestRestMs, Math.min(untilDue ?? longestRestMs, longestRestMs))
  }

  private rest(ms: number): Promise<void> {
    if (this.isWoken || this.isStopped) return pause(flushEveryMs)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wakeFromRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

const within = (ms: number, work: Promise<unknown>) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())])
const later = (one: Date, other: Date) => (one > other ? one : other)
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
