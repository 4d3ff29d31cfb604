import { ChannelCredentials, Transactions, type Tx } from '@hamava/bus'
import {
  type Connector,
  connectorOf,
  type Json,
  NetworkError,
  type Tools,
  waitAfterFailure,
} from '@hamava/networks'
import { AppError } from '@hamava/service-kit'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { DataSource, LessThanOrEqual } from 'typeorm'
import type { Config } from '../config.ts'
import { saveReading } from '../metrics/save-reading.ts'
import { backoff, channelIntervalMs, nextCollectAt } from '../subjects/cadence.ts'
import { MeasuredChannelRow } from '../subjects/channel.entity.ts'
import { SubjectRow } from '../subjects/subject.entity.ts'
import { configToken, toolsToken } from '../tokens.ts'
import { leasedChannels } from './leased-channels.ts'

const batch = 200
/** A young post may not be in a network's index yet; one that is missing this often is gone. */
const missesUntilGone = 3

type Measuring = NonNullable<Connector['measure']>

/** Reads all that is due of one leased channel. */
@Injectable()
export class CollectChannel {
  private readonly logger = new Logger('collection')

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly access: ChannelCredentials,
    @Inject(configToken) private readonly config: Config,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  async collect(channel: MeasuredChannelRow): Promise<void> {
    try {
      const measure = connectorOf(channel.network)?.measure
      if (measure) await this.measure(channel, measure)
      else await this.rest(channel)
      await leasedChannels(this.dataSource).release(channel, { afterMs: 0, failures: 0 })
    } catch (error) {
      await this.postpone(channel, error)
    }
  }

  private async measure(channel: MeasuredChannelRow, measure: Measuring): Promise<void> {
    const { credentials } = await this.access.open(channel.workspaceId, channel.channelId)
    const due = await this.dataSource.getRepository(SubjectRow).find({
      where: { channelId: channel.channelId, nextCollectAt: LessThanOrEqual(new Date()) },
      order: { nextCollectAt: 'ASC' },
      take: batch,
    })
    if (due.length > 0 && measure.posts) {
      const asked = due.map(({ remoteId, ref }) => ({ id: remoteId, ref: ref.value as Json }))
      const answered = await measure.posts(credentials, asked, this.tools)
      await this.keep(channel, (tx) => this.keepPosts(tx, due, answered))
    }
    if (channel.nextCollectAt.getTime() > Date.now()) return
    const own = await measure.channel?.(credentials, this.tools)
    await this.rest(channel, async (tx) => {
      if (own) await saveReading(tx, { ...channel, publicationId: null, postId: null }, own)
    })
  }

  private async keepPosts(tx: Tx, due: SubjectRow[], answered: Answered): Promise<void> {
    const found = new Map(answered.map(({ id, metrics }) => [id, metrics]))
    for (const subject of due) {
      const metrics = found.get(subject.remoteId)
      if (metrics) await saveReading(tx, subject, metrics)
      const misses = metrics ? 0 : subject.misses + 1
      const isGone = misses >= missesUntilGone
      await tx.manager.getRepository(SubjectRow).update(subject.publicationId, {
        collected: subject.collected + (metrics ? 1 : 0),
        misses,
        nextCollectAt: isGone ? null : this.next(subject),
      })
    }
  }

  /** Counted from the due time at least, even if this machine's clock is behind. */
  private next({ publishedAt, nextCollectAt: due }: SubjectRow): Date | null {
    const now = new Date(Math.max(Date.now(), due?.getTime() ?? 0))
    return nextCollectAt(publishedAt, now, this.config.CADENCE_SCALE)
  }

  /** The channel's own numbers are collected again after `channelIntervalMs`. */
  private rest(channel: MeasuredChannelRow, work?: (tx: Tx) => Promise<void>): Promise<void> {
    const nextAt = new Date(Date.now() + channelIntervalMs(this.config.CADENCE_SCALE))
    return this.keep(channel, async (tx) => {
      await work?.(tx)
      await tx.manager
        .getRepository(MeasuredChannelRow)
        .update(channel.channelId, { nextCollectAt: nextAt })
    })
  }

  /** Stores the reading, unless another replica has taken over the lease: then that replica's reading counts. */
  private keep(channel: MeasuredChannelRow, work: (tx: Tx) => Promise<void>): Promise<void> {
    const { channelId, leaseOwner } = channel
    return this.transactions.run(async (tx) => {
      const held = await tx.manager.findOne(MeasuredChannelRow, {
        where: { channelId },
        lock: { mode: 'pessimistic_write' },
      })
      if (held?.leaseOwner === leaseOwner) await work(tx)
    })
  }

  private async postpone(channel: MeasuredChannelRow, error: unknown): Promise<void> {
    const { channelId } = channel
    const failures = channel.failures + 1
    if (error instanceof NetworkError && error.kind === 'reconnect') this.access.drop(channelId)
    const afterMs = waitAfterFailure(
      error,
      failures,
      Date.now(),
      backoff(this.config.CADENCE_SCALE),
    )
    const isExpected = error instanceof NetworkError || error instanceof AppError
    const cause = isExpected ? error.message : error instanceof Error ? error.stack : String(error)
    this.logger.warn(
      `channel ${channelId} is measured again in ${Math.round(afterMs)} ms: ${cause}`,
    )
    await leasedChannels(this.dataSource).release(channel, { afterMs, failures })
  }
}

type Answered = Awaited<ReturnType<NonNullable<Measuring['posts']>>>
