import { type Owner, streamOf } from '@hamava/contracts'
import { prepared } from '@hamava/service-kit'
import { JetStreamApiError, type StreamInfo } from '@nats-io/jetstream'
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
import type { OutboxEntry } from './outbox.entity.ts'
import { type Outgoing, type Placed, publishBatch } from './publish-batch.ts'
import { StreamPosition } from './stream-position.entity.ts'
import { ensureStreams, streamKeepsMs, streamRestMs } from './topology.ts'

const batchSize = 500
/** Batches at a time, when there is more than one: while one waits for the stream, the other reads and marks. */
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

/** The body stays the text that it is on the wire: parsing it here would be for nothing. */
type Row = Pick<OutboxEntry, 'id' | 'event'> & {
  body: string
  context: Parameters<typeof writeContext>[0]
  causation_id: string | null
}

/** Carries committed events from the outbox to the stream; at least once, and deduplicated by their ids. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('outbox')
  private readonly service: Owner
  private timer: NodeJS.Timeout | null = null
  private draining: Promise<void> | null = null
  private isAwaited = false
  private isStopped = false
  private needsCheck = true
  private cleanedAt = 0
  private refusals = 0
  private connected = new AbortController()
  /** A stream that seems to be gone is looked for no sooner. */
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

  /** Something was committed: relay it now. */
  wake(): void {
    this.isAwaited = true
    if (!this.isStopped) this.draining ??= this.drain().finally(() => this.rest())
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
    await this.draining
  }

  private rest(): void {
    this.draining = null
    if (this.isStopped) return
    if (this.timer) clearTimeout(this.timer)
    const restMs = this.restsUntil - Date.now()
    this.timer = setTimeout(() => this.wake(), restMs > 0 ? restMs : sweepMs)
    this.timer.unref()
  }

  private async drain(): Promise<void> {
    try {
      if (!this.connection.current || Date.now() < this.restsUntil) return
      if (this.needsCheck) await this.checkStream()
      await this.relayAll()
      await this.cleanUp()
    } catch (error) {
      this.distrust()
      this.logger.warn(`cannot relay, will try again: ${String(error)}`)
    }
  }

  private async relayAll(): Promise<void> {
    let isMore = true
    while ((this.isAwaited || isMore) && !this.isStopped) {
      this.isAwaited = false
      isMore = (await this.relayBatch()) === batchSize
      if (isMore) await Promise.all(Array.from({ length: loops }, () => this.relayFullBatches()))
    }
  }

  private async relayFullBatches(): Promise<void> {
    let count = batchSize
    while (count === batchSize && !this.isStopped) count = await this.relayBatch()
  }

  private async relayBatch(): Promise<number> {
    const connection = await this.connection.get()
    return this.dataSource.transaction(async (manager) => {
      const rows = await prepared<Row>(
        manager,
        // Should the mark be lost in a crash, an event goes out once more, and its consumers know it.
        // A service may end transactions that stand idle; this one waits for the server of events.
        `select id, event, context, causation_id, body::text as body,
                (select set_config('synchronous_commit', 'off', true)) as unhurried,
                (select set_config('idle_in_transaction_session_timeout', $2, true)) as patient
         from outbox where relayed_at is null order by seq limit $1 for update skip locked`,
        [batchSize, `${2 * publishTimeoutMs}ms`],
      )
      if (rows.length === 0) return 0
      const inbox = inboxPrefixOf(this.service)
      const placed = await publishBatch(connection, inbox, rows.map(toMessage), {
        timeoutMs: publishTimeoutMs,
        signal: this.connected.signal,
      })
      await markRelayed(manager, rows, placed)
      const failure = placed.find((place) => typeof place !== 'number')
      if (failure) {
        this.distrust()
        if (failure instanceof JetStreamApiError && !isForLackOfRoom(failure)) this.refusals++
        this.logger.warn(`some events were not taken, will try again: ${String(failure)}`)
        return 0
      }
      this.refusals = 0
      return rows.length
    })
  }

  /**
   * A stream that was made anew, or that ends before what we have put in, has lost events: they are
   * taken from the outbox again. Consumers know what they have handled.
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
    await this.dataSource.transaction((tx) => feedAgain(tx, info, this.logger))
    this.needsCheck = false
  }

  private async watchConnection(): Promise<void> {
    const connection = await this.connection.get()
    this.wake()
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') {
        // The answers to what is under way went with it.
        this.connected.abort()
        this.connected = new AbortController()
      }
      if (status.type !== 'reconnect') continue
      this.needsCheck = true
      this.wake()
    }
  }

  /** Told by whoever notices that the stream is gone. */
  recheck(): void {
    this.distrust()
    this.wake()
  }

  private distrust(): void {
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

/** A full store takes events again as soon as there is room: to make the stream anew would only lose what it keeps. */
const isForLackOfRoom = ({ code, message }: JetStreamApiError) =>
  storageExceeded.includes(code) || /no space left|insufficient/i.test(message)

const toMessage = (row: Row): Outgoing => ({
  id: row.id,
  subject: row.event,
  body: row.body,
  headers: writeContext(row.context, row.causation_id),
})

async function markRelayed(manager: EntityManager, rows: Row[], placed: Placed[]) {
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

async function feedAgain(manager: EntityManager, info: StreamInfo, logger: Logger): Promise<void> {
  const stream = info.config.name
  const known = await manager.findOneBy(StreamPosition, { stream })
  if (known?.createdAt === info.created) {
    const fed = await manager.query<{ count: string }[]>(
      `with lost as (
         update outbox set relayed_at = null, stream_seq = null where stream_seq > $1 returning 1)
       select count(*) from lost`,
      [info.state.last_seq],
    )
    if (Number(fed[0]?.count) > 0) logger.warn(`${stream} lost its end: feeding ${fed[0]?.count}`)
    return
  }
  if (known) {
    logger.warn(`${stream} was made anew: feeding it from the outbox`)
    await manager.query(
      'update outbox set relayed_at = null, stream_seq = null where relayed_at is not null',
    )
  }
  await manager.upsert(StreamPosition, { stream, createdAt: info.created }, ['stream'])
}
