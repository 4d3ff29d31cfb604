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

/** The first may have been refused for what we kept of it. */
const refusalsUntilReport = 2

/** What became of a look at a source: when the next one is, and whether this one was a good reading. */
interface Look {
  afterMs: number
  isRead: boolean
}

/** A channel that was just connected is asked at once whose mailbox it has. */
const notYet: Look = { afterMs: 200, isRead: false }

/** Whom another one reads for looks again whether it still does. */
const restMs = 60_000

/** So much that was new at once hints at more. */
const manyItems = 50

/** Reads one leased source: what it brings and the place behind it are stored together, or neither. */
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
      // What cannot or need not be polled is looked at again, as programs and settings change.
      const { afterMs, isRead } = listen
        ? await this.poll(source, listen)
        : { afterMs: longPauseMs, isRead: false }
      await leasedSources(this.dataSource).release(source, { afterMs, failures: 0 })
      if (isRead) await this.trouble.over(source)
    } catch (error) {
      await this.postpone(source, error)
    }
  }

  /** There may be nothing to read, as another channel or the network itself sees to it. */
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

  /** What was granted may be older than what was heard of the channel since: then it is asked for again. */
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
      // Too slow: another replica reads from the same place, and what we have comes to it as well.
      if (!held || held.leaseOwner !== source.leaseOwner) return { afterMs: 0, isRead: false }
      if (await hasNewcomers(tx.manager, source)) return notYet
      const fresh = await storeIncoming(tx, await shareOut(tx, sharers, held, items))
      // Whoever reads on begins where this one ends.
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

/** Refused again with access that was just granted: it is not ours that was stale. What alone may not be read is no matter of the channel. */
const isLost = ({ reason }: NetworkError, failures: number) =>
  failures === refusalsUntilReport && ['token_revoked', 'token_expired'].includes(reason.code)

type Listening = NonNullable<Connector['listen']>
