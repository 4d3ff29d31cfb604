import { ChannelCredentials, type GrantedCredentials, Transactions } from '@hamava/bus'
import {
  type Connector,
  connectorOf,
  type Incoming,
  type Json,
  longPauseMs,
  NetworkError,
  type Tools,
  waitAfterFailure,
} from '@hamava/networks'
import { AppError } from '@hamava/service-kit'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import type { Config } from '../config.ts'
import { storeIncoming } from '../conversations/store-incoming.ts'
import { configToken, toolsToken } from '../tokens.ts'
import { RegisterWebhook } from '../webhooks/register-webhook.ts'
import { leasedSources } from './leased-sources.ts'
import { hasNewcomers, isReader, learn, lockMailbox, shareOut } from './mailbox.ts'
import { backoff, jittered } from './next-poll.ts'
import { ReportTrouble } from './report-trouble.ts'
import { SourceRow } from './source.entity.ts'

/** The first refusal may be due to stale credentials in our cache. */
const refusalsUntilReport = 2

/** The outcome of one look at a source: when the next one is due, and whether this one was a good reading. */
interface Look {
  afterMs: number
  isRead: boolean
}

/** Soon again: a channel that was just connected is asked at once for its mailbox. */
const notYet: Look = { afterMs: 200, isRead: false }

/** How often a channel that another one reads for checks whether it still does. */
const restMs = 60_000

/** With so many new items at once, there are probably more: the source is read again at once. */
const manyItems = 50

/** Reads one leased source: its items and the cursor behind them are stored together, or neither. */
@Injectable()
export class ReadSource {
  private readonly logger = new Logger('sources')

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly access: ChannelCredentials,
    private readonly webhooks: RegisterWebhook,
    private readonly trouble: ReportTrouble,
    @Inject(configToken) private readonly config: Config,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  async read(source: SourceRow): Promise<void> {
    try {
      const listen = connectorOf(source.network)?.listen
      // Sources that cannot or need not be polled are looked at again, as programs and settings change.
      const { afterMs, isRead } = listen
        ? await this.poll(source, listen)
        : { afterMs: longPauseMs, isRead: false }
      await leasedSources(this.dataSource).release(source, { afterMs, failures: 0 })
      if (isRead) await this.trouble.over(source)
    } catch (error) {
      await this.postpone(source, error)
    }
  }

  /** May read nothing, where another channel reads for this one, or the network calls our webhook. */
  private async poll(source: SourceRow, listen: Listening): Promise<Look> {
    const granted = await this.credentialsOf(source)
    await learn(this.dataSource, source, granted)
    if (!(await isReader(this.dataSource, source))) return { afterMs: restMs, isRead: false }
    const { credentials } = granted
    const isRegistered = await this.webhooks.ensure(source, listen, credentials)
    if (isRegistered && listen.webhook?.replacesPolling)
      return { afterMs: longPauseMs, isRead: true }
    if (await hasNewcomers(this.dataSource.manager, source)) return notYet
    const cursor = (source.cursor?.value ?? null) as Json
    const read = await listen.poll(credentials, cursor, this.tools)
    return this.keep(source, read.items, read.cursor)
  }

  /** The credentials may be older than the newest known version of the channel: then they are asked for again. */
  private async credentialsOf({
    workspaceId,
    channelId,
    version,
  }: SourceRow): Promise<GrantedCredentials> {
    const granted = await this.access.open(workspaceId, channelId)
    if (granted.channel.version >= version) return granted
    this.access.drop(channelId)
    return this.access.open(workspaceId, channelId)
  }

  private keep(source: SourceRow, items: Incoming[], cursor: Json): Promise<Look> {
    return this.transactions.run(async (tx) => {
      const sharers = await lockMailbox(tx, source)
      const held = sharers.find(({ channelId }) => channelId === source.channelId)
      // The lease ran out: another replica reads from the same cursor and gets these items as well.
      if (!held || held.leaseOwner !== source.leaseOwner) return { afterMs: 0, isRead: false }
      if (await hasNewcomers(tx.manager, source)) return notYet
      const fresh = await storeIncoming(tx, await shareOut(tx, sharers, held, items))
      // The next reader of the mailbox, whichever channel it is, begins at this cursor.
      const all = { channelId: In(sharers.map(({ channelId }) => channelId)) }
      await tx.manager.update(SourceRow, all, { cursor: { value: cursor as object } })
      return { afterMs: fresh >= manyItems ? 0 : jittered(this.config.POLL_MS), isRead: true }
    })
  }

  private async postpone(source: SourceRow, error: unknown): Promise<void> {
    const { channelId } = source
    const failures = source.failures + 1
    if (error instanceof NetworkError && error.kind === 'reconnect') {
      this.access.drop(channelId)
      if (isLost(error, failures)) await this.report(source, error)
    }
    const afterMs = waitAfterFailure(error, failures, Date.now(), backoff(this.config.POLL_MS))
    const isExpected = error instanceof NetworkError || error instanceof AppError
    const cause = isExpected ? error.message : error instanceof Error ? error.stack : String(error)
    this.logger.warn(`channel ${channelId} is read again in ${Math.round(afterMs)} ms: ${cause}`)
    const spreadMs = Math.random() * this.config.POLL_MS * 0.25
    await leasedSources(this.dataSource).release(source, { afterMs: afterMs + spreadMs, failures })
    await this.trouble.found(source, error, failures)
  }

  private async report(
    { workspaceId, channelId, version }: SourceRow,
    { reason }: NetworkError,
  ): Promise<void> {
    try {
      await this.access.report(workspaceId, channelId, version, reason)
    } catch (error) {
      this.logger.warn(`${channelId} has lost its access, not told: ${String(error)}`)
    }
  }
}

/**
 * Refused again with freshly granted access, so stale credentials are not the cause. Other refusals concern single
 * reads, not the channel's access.
 */
const isLost = ({ reason }: NetworkError, failures: number) =>
  failures === refusalsUntilReport && ['token_revoked', 'token_expired'].includes(reason.code)

type Listening = NonNullable<Connector['listen']>
