import { type Owner, streamOf } from '@hamava/contracts'
import { prepared } from '@hamava/service-kit'
import { JetStreamApiError } from '@nats-io/jetstream'
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { BusConnection } from '../connection.ts'
import { writeContext } from '../context-headers.ts'
import { type BusOptions, busOptionsToken, inboxPrefixOf } from '../options.ts'
import { type Outgoing, type Placed, publishBatch } from './publish-batch.ts'
import { lockLargeEvents, lockSmallEvents, mostSmall, type WaitingEvent } from './read-outbox.ts'
import { isTooLarge, refuseEvents } from './refuse-events.ts'
import { republish } from './republish.ts'
import { ensureStreams, streamKeepsMs, streamRestMs } from './topology.ts'

/** Concurrent batches of small events, when one is not enough: while one waits for the stream, the next is read. */
const loops = 2
/** Without a wake-up the outbox is looked at this often: for what another process left behind. */
const sweepMs = 1_000
const publishTimeoutMs = 5_000
const cleanUpMs = 3_600_000
const keepMs = 2 * streamKeepsMs
/** The server's own limits: of the account's storage, and of its resources. */
const storageExceeded = [10_047, 10_023]
/** Refusals in a row after which the stream's store counts as broken. */
const brokenAfter = 3

/** The lines in which events wait, by their size; neither waits for the other. */
const lines = ['small', 'large'] as const
export type Line = (typeof lines)[number]

/** Carries committed events from the outbox to the stream; at least once, and deduplicated by their ids. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('outbox')
  private readonly service: Owner
  private timer: NodeJS.Timeout | null = null
  private readonly draining = new Map<Line, Promise<void>>()
  private readonly awaited = new Set<Line>()
  private checking: Promise<void> | null = null
  private isStopped = false
  private needsCheck = true
  private cleanedAt = 0
  private refusals = 0
  private connected = new AbortController()
  /** No relaying before this time, after the stream seemed to be gone. */
  private restsUntil = 0

  constructor(
    private readonly dataSource: DataSource,
    private readonly connection: BusConnection,
    @Inject(busOptionsToken) options: BusOptions,
  ) {
    this.service = options.service
  }

  onApplicationBootstrap(): void {
    void this.watchConnection()
    this.wake()
  }

  /** Relays now: events were, or may have been, committed into these lines. */
  wake(wanted: readonly Line[] = lines): void {
    if (this.isStopped) return
    for (const line of wanted) {
      this.awaited.add(line)
      if (!this.draining.has(line)) this.draining.set(line, this.drainOnce(line))
    }
  }

  private drainOnce(line: Line): Promise<void> {
    return this.drain(line).then((isDrained) => {
      this.draining.delete(line)
      // Events were committed after the last read of the outbox.
      if (isDrained && this.awaited.has(line)) this.wake([line])
      else this.rest()
    })
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
    await Promise.all(this.draining.values())
  }

  private rest(): void {
    if (this.isStopped) return
    if (this.timer) clearTimeout(this.timer)
    const restMs = this.restsUntil - Date.now()
    this.timer = setTimeout(() => this.wake(), restMs > 0 ? restMs : sweepMs)
    this.timer.unref()
  }

  /** False when NATS or the database was away. */
  private async drain(line: Line): Promise<boolean> {
    try {
      if (!this.connection.current || Date.now() < this.restsUntil) return false
      if (this.needsCheck) await this.checkOnce()
      await (line === 'small' ? this.relaySmall() : this.relayLarge())
      await this.cleanUp()
      return true
    } catch (error) {
      this.markStreamSuspect()
      this.logger.warn(`cannot relay, will try again: ${String(error)}`)
      return false
    }
  }

  private checkOnce(): Promise<void> {
    this.checking ??= this.checkStream().finally(() => {
      this.checking = null
    })
    return this.checking
  }

  private async relaySmall(): Promise<void> {
    let isMore = true
    while ((this.awaited.delete('small') || isMore) && !this.isStopped) {
      isMore = (await this.relayBatch(lockSmallEvents)) === mostSmall
      if (isMore) await Promise.all(Array.from({ length: loops }, () => this.relayFullBatches()))
    }
  }

  private async relayFullBatches(): Promise<void> {
    let count = mostSmall
    while (count === mostSmall && !this.isStopped) count = await this.relayBatch(lockSmallEvents)
  }

  private async relayLarge(): Promise<void> {
    let isMore = true
    while ((this.awaited.delete('large') || isMore) && !this.isStopped) {
      isMore = (await this.relayBatch(lockLargeEvents)) > 0
    }
  }

  private async relayBatch(lock: typeof lockSmallEvents): Promise<number> {
    const connection = await this.connection.get()
    return this.dataSource.transaction(async (manager) => {
      const rows = await lock(manager, 2 * publishTimeoutMs)
      if (rows.length === 0) return 0
      const inbox = inboxPrefixOf(this.service)
      const placed = await publishBatch(connection, inbox, rows.map(toMessage), {
        timeoutMs: publishTimeoutMs,
        signal: this.connected.signal,
      })
      await markRelayed(manager, rows, placed)
      await this.refuseTooLarge(manager, rows, placed)
      const failure = placed.find((place) => place instanceof Error && !isTooLarge(place))
      if (failure) {
        this.markStreamSuspect()
        if (failure instanceof JetStreamApiError && !isForLackOfRoom(failure)) this.refusals++
        this.logger.warn(`some events were not taken, will try again: ${String(failure)}`)
        return 0
      }
      this.refusals = 0
      return rows.length
    })
  }

  /** Events that can never be sent must not block the others. */
  private async refuseTooLarge(manager: EntityManager, rows: WaitingEvent[], placed: Placed[]) {
    const refused = rows.flatMap(({ id, event }, at) => {
      const place = placed[at]
      if (!(place instanceof Error) || !isTooLarge(place)) return []
      this.logger.error(`${event} ${id} goes to the dead letters: ${place.message}`)
      return [{ id, error: place.message }]
    })
    await refuseEvents(manager, refused)
  }

  /**
   * A stream that was created again, or that ends before the last event we sent, has lost events: they are sent again
   * from the outbox. Consumers skip events they have handled.
   */
  private async checkStream(): Promise<void> {
    const manager = await this.connection.manager()
    if (this.refusals >= brokenAfter) {
      // Its files are gone or unreadable, and the server goes on refusing: only a new stream helps.
      this.logger.error('the server refuses our events for good: making the stream anew')
      await manager.streams.delete(streamOf(this.service).name).catch(() => undefined)
      this.refusals = 0
      throw new Error('the stream was removed')
    }
    await ensureStreams(manager)
    const info = await manager.streams.info(streamOf(this.service).name)
    await this.dataSource.transaction((tx) => republish(tx, info, this.logger))
    this.needsCheck = false
  }

  private async watchConnection(): Promise<void> {
    const connection = await this.connection.get()
    this.wake()
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') {
        // Acknowledgements of batches in flight are lost with the connection.
        this.connected.abort()
        this.connected = new AbortController()
      }
      if (status.type !== 'reconnect') continue
      this.needsCheck = true
      this.wake()
    }
  }

  /** Called when somebody notices that the stream is gone. */
  recheck(): void {
    this.markStreamSuspect()
    this.wake()
  }

  private markStreamSuspect(): void {
    this.needsCheck = true
    this.restsUntil = Date.now() + streamRestMs
  }

  private async cleanUp(): Promise<void> {
    if (Date.now() - this.cleanedAt < cleanUpMs) return
    this.cleanedAt = Date.now()
    const before = new Date(Date.now() - keepMs)
    await this.dataSource.query('delete from outbox where relayed_at < $1', [before])
    await this.dataSource.query('delete from handled_events where handled_at < $1', [before])
    await this.dataSource.query('delete from unfinished_events where begun_at < $1', [before])
    await this.dataSource.query(
      `delete from idempotent_requests where at < now() - interval '1 day'`,
    )
  }
}

/** A full store takes events again once it has room; a new stream would only lose the stored ones. */
const isForLackOfRoom = ({ code, message }: JetStreamApiError) =>
  storageExceeded.includes(code) || /no space left|insufficient/i.test(message)

const toMessage = (row: WaitingEvent): Outgoing => ({
  id: row.id,
  subject: row.event,
  body: row.body,
  headers: writeContext(row.context, row.causation_id),
})

async function markRelayed(manager: EntityManager, rows: WaitingEvent[], placed: Placed[]) {
  const relayed = rows.flatMap(({ id }, at) => {
    const seq = placed[at]
    return typeof seq === 'number' ? [{ id, seq }] : []
  })
  await prepared(
    manager,
    `update outbox set relayed_at = now(), stream_seq = done.seq
     from unnest($1::text[], $2::bigint[]) as done(id, seq) where outbox.id = done.id`,
    [relayed.map((r) => r.id), relayed.map((r) => r.seq)],
  )
}
