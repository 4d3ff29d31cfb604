import type { PostSnapshot } from '@hamava/contracts'
import {
  type Answer,
  type Connector,
  type Exchange,
  type Json,
  type Moved,
  NetworkError,
  type Outcome,
  type PublishInput,
  type Tools,
} from '@hamava/networks'
import type { Storage } from '@hamava/service-kit'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { MediaUnreadable, mediaOf } from '../../assets/read-media.ts'
import type { ChannelRow } from '../../channels/channel.entity.ts'
import { type Access, ChannelAccess } from '../../channels/channel-access.ts'
import type { AttemptRow } from '../../publications/attempt.entity.ts'
import type { MessageSnapshot, PublicationRow } from '../../publications/publication.entity.ts'
import { reasons } from '../../reasons.ts'
import { storageToken, toolsToken } from '../../tokens.ts'
import { SendLine } from './send-line.ts'

/** All that one request needs. */
export interface SendJob {
  row: PublicationRow
  attempt: AttemptRow
  channel: ChannelRow
  connector: Connector
  /** By `performance.now()`: after it this attempt begins no request. */
  sendUntil: number
  /** When the first request of this part began whose outcome is open; left out while nothing is in doubt. */
  inDoubtSince?: Date
}

/** What came of an attempt, and all that was said on the way. */
export interface Sent {
  outcome: Outcome
  exchanges: Exchange[]
}

/** What came of preparing. */
export interface PreparedOutcome {
  outcome: { kind: 'prepared'; state: Json } | Outcome
  exchanges: Exchange[]
}

/** Makes the one request of an attempt, and says what came of it in the common vocabulary. */
@Injectable()
export class SendPart {
  private readonly logger = new Logger('sending')

  constructor(
    private readonly access: ChannelAccess,
    @Inject(storageToken) private readonly storage: Storage,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  /** Never throws: what nobody foresaw is `unknown_outcome` if anything was sent, else `temporary`. */
  async send(job: SendJob): Promise<Sent> {
    const line = this.line(job)
    const { exchanges } = line
    try {
      const outcome = await this.sendWithAccess(job, line.tools)
      if (line.moved) await this.saveMoved(job.channel, line.moved)
      return { outcome, exchanges }
    } catch (error) {
      this.logger.error(`${job.row.id} could not be sent: ${String(error)}`)
      const isUnsent = !line.hasSent || error instanceof MediaUnreadable
      const kind = isUnsent ? 'temporary' : 'unknown_outcome'
      return { outcome: { kind, reason: reasons.fault(String(error)) }, exchanges }
    }
  }

  /** A failure here does not affect what was sent, and is only logged: the network will report the move again. */
  private async saveMoved(channel: ChannelRow, moved: Moved): Promise<void> {
    await this.access
      .change(channel, moved)
      .catch((error) => this.logger.warn(`${channel.id} has moved, not kept: ${String(error)}`))
  }

  private async sendWithAccess(job: SendJob, tools: Tools): Promise<Outcome> {
    const access = await this.access.open(job.channel)
    if (access.kind !== 'open') return withoutAccess(access)
    const outcome = await this.request(job, access.credentials, tools)
    if (outcome.kind !== 'reconnect') return outcome
    // The network refused the access and did nothing: try once more with refreshed credentials.
    const renewed = await this.access.refresh(job.channel)
    if (renewed.kind === 'revoked') return outcome
    if (renewed.kind === 'temporary') return withoutAccess(renewed)
    return this.request(job, renewed.credentials, tools)
  }

  /** Uploads ahead of time what the network lets wait; null if there is nothing to prepare. */
  async prepare(job: SendJob): Promise<PreparedOutcome | null> {
    const { publish } = job.connector
    if (!publish?.prepare) return null
    const line = this.line(job)
    const access = await this.access.open(job.channel)
    if (access.kind !== 'open') return { outcome: withoutAccess(access), exchanges: [] }
    const outcome = await publish.prepare(access.credentials, this.inputOf(job), line.tools)
    return { outcome, exchanges: line.exchanges }
  }

  /** The client of one attempt. */
  line({ sendUntil }: Pick<SendJob, 'sendUntil'>): SendLine {
    return new SendLine(this.tools, sendUntil)
  }

  /** Looks whether the part is up after all. Throws `NetworkError` when the channel cannot be read. */
  async find(job: SendJob, since: Date, { tools }: SendLine): Promise<LookupResult> {
    const access = await this.access.open(job.channel)
    if (access.kind !== 'open') throw unreadable(access)
    try {
      return await this.look(job, access.credentials, since, tools)
    } catch (error) {
      if (!(error instanceof NetworkError) || error.kind !== 'reconnect') throw error
      const renewed = await this.access.refresh(job.channel)
      if (renewed.kind !== 'open') throw unreadable(renewed)
      return this.look(job, renewed.credentials, since, tools)
    }
  }

  private async look(
    job: SendJob,
    credentials: unknown,
    since: Date,
    tools: Tools,
  ): Promise<LookupResult> {
    const { publish, listen } = job.connector
    const found =
      job.row.kind === 'message'
        ? await listen?.find?.(credentials, answerOf(job), since, tools)
        : await publish?.find?.(credentials, this.inputOf(job), since, tools)
    if (!found) throw new Error(`${job.row.network} cannot be looked at`)
    return typeof found === 'string' ? found : { kind: 'published', ...found }
  }

  private async request(job: SendJob, credentials: unknown, tools: Tools): Promise<Outcome> {
    const { row, attempt, connector } = job
    const { publish, listen } = connector
    if (row.kind === 'message') {
      if (!listen) return rejected(connector)
      return listen.reply(credentials, answerOf(job), tools)
    }
    if (!publish) return rejected(connector)
    if (row.liveParts.some(({ ref }) => ref.value === null)) {
      return { kind: 'rejected', reason: reasons.cannotContinue() }
    }
    const input = this.inputOf(job)
    const taken = takenOf(row)
    if (publish.check && taken) {
      const outcome = await publish.check(credentials, taken.state as Json, input, tools)
      // The network may have dropped the prepared media. A rejected check published nothing, so begin again.
      if (attempt.step === 'check' || outcome.kind !== 'rejected') return outcome
    }
    return publish.publish(credentials, input, tools)
  }

  private inputOf({ row, attempt, connector, inDoubtSince }: SendJob): PublishInput {
    const snapshot = row.snapshot as PostSnapshot
    const part = snapshot.parts[row.part]
    if (!part || !connector.publish) throw new Error(`${row.id} has no part ${row.part}`)
    const [root, parent] = [row.liveParts[0], row.liveParts.at(-1)]
    return {
      idempotencyKey: attempt.idempotencyKey,
      dueAt: row.dueAt,
      begunAt: inDoubtSince ?? attempt.startedAt,
      text: part.text,
      media: mediaOf(this.storage, part.assets),
      settings: connector.publish.settings.parse(snapshot.settings),
      ...(row.part === 0 && snapshot.extras && { extras: snapshot.extras }),
      languages: languagesOf(part.text),
      ...(root &&
        parent && { replyTo: { root: root.ref.value as Json, parent: parent.ref.value as Json } }),
    }
  }
}

/** What a look at the channel found. */
export type LookupResult = Extract<Outcome, { kind: 'published' }> | 'absent' | 'unclear'

function answerOf({ row, attempt, inDoubtSince }: SendJob): Answer {
  const { text, ref } = row.snapshot as MessageSnapshot
  return {
    ref: ref as Json,
    text,
    idempotencyKey: attempt.idempotencyKey,
    at: row.dueAt,
    begunAt: inDoubtSince ?? attempt.startedAt,
  }
}

type NoAccess = Exclude<Access, { kind: 'open' }>

function withoutAccess({ kind, reason }: NoAccess): Outcome {
  return { kind: kind === 'revoked' ? 'reconnect' : 'temporary', reason }
}

const unreadable = ({ kind, reason }: NoAccess) =>
  new NetworkError(kind === 'revoked' ? 'reconnect' : 'temporary', reason)

const rejected = ({ manifest }: Connector): Outcome => ({
  kind: 'rejected',
  reason: reasons.noConnector(manifest.id),
})

/** `fa` for a text in Persian letters; with a letter that only Arabic has, the language is left to the network. */
function languagesOf(text: string): string[] {
  if (/[\u0629\u064a\u0643]/.test(text)) return []
  return /[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0627-\u064a]/.test(text) ? ['fa'] : []
}

/** What the network has taken of this part already, and is processing or has ready. */
function takenOf({ pendingState, prepared, snapshotHash }: PublicationRow) {
  return pendingState ?? (prepared?.snapshotHash === snapshotHash ? prepared : null)
}
