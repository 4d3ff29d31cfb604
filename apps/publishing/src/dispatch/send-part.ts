import type { PostSnapshot } from '@hamava/contracts'
import {
  type Connector,
  type Json,
  NetworkError,
  type Outcome,
  type PublishInput,
  type Tools,
} from '@hamava/networks'
import type { Storage } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { mediaOf } from '../assets/read-media.ts'
import type { ChannelRow } from '../channels/channel.entity.ts'
import { type Access, ChannelAccess } from '../channels/channel-access.ts'
import type { AttemptRow } from '../publications/attempt.entity.ts'
import type { MessageSnapshot, PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'
import { storageToken, toolsToken } from '../tokens.ts'

/** All that one request needs. */
export interface Job {
  row: PublicationRow
  attempt: AttemptRow
  channel: ChannelRow
  connector: Connector
}

/** Makes the one request of an attempt, and says what came of it in the common vocabulary. */
@Injectable()
export class SendPart {
  constructor(
    private readonly access: ChannelAccess,
    @Inject(storageToken) private readonly storage: Storage,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  async send(job: Job): Promise<Outcome> {
    const access = await this.access.open(job.channel)
    if (access.kind !== 'open') return withoutAccess(access)
    const outcome = await this.request(job, access.credentials)
    if (outcome.kind !== 'reconnect') return outcome
    // Refused before anything was done: once more with fresh access, if there is any to be had.
    const renewed = await this.access.refresh(job.channel)
    if (renewed.kind === 'revoked') return outcome
    if (renewed.kind === 'temporary') return withoutAccess(renewed)
    return this.request(job, renewed.credentials)
  }

  /** Looks whether the part is up after all. Throws `NetworkError` when the channel cannot be read. */
  async find(job: Job, since: Date): Promise<Outcome | 'absent'> {
    const access = await this.access.open(job.channel)
    if (access.kind !== 'open') throw new NetworkError('temporary', access.reason)
    const input = this.inputOf(job)
    const found = await job.connector.publish?.find?.(access.credentials, input, since, this.tools)
    return !found || found === 'absent' ? 'absent' : { kind: 'published', ...found }
  }

  private async request(job: Job, credentials: unknown): Promise<Outcome> {
    const { row, attempt, connector } = job
    const { publish, listen } = connector
    if (row.kind === 'message') {
      if (!listen) return rejected(connector)
      const { text, ref } = row.snapshot as MessageSnapshot
      const { idempotencyKey } = attempt
      const answer = { ref: ref as Json, text, idempotencyKey, at: row.dueAt }
      return listen.reply(credentials, answer, this.tools)
    }
    if (!publish) return rejected(connector)
    const input = this.inputOf(job)
    return attempt.step === 'check' && publish.check
      ? publish.check(credentials, pendingOf(row), input, this.tools)
      : publish.publish(credentials, input, this.tools)
  }

  private inputOf({ row, attempt, connector }: Job): PublishInput {
    const snapshot = row.snapshot as PostSnapshot
    const part = snapshot.parts[row.part]
    if (!part || !connector.publish) throw new Error(`${row.id} has no part ${row.part}`)
    const [root, parent] = [row.liveParts[0], row.liveParts.at(-1)]
    return {
      idempotencyKey: attempt.idempotencyKey,
      dueAt: row.dueAt,
      text: part.text,
      media: mediaOf(this.storage, part.assets),
      settings: connector.publish.settings.parse(snapshot.settings),
      languages: languagesOf(part.text),
      ...(root &&
        parent && { replyTo: { root: root.ref.value as Json, parent: parent.ref.value as Json } }),
    }
  }
}

function withoutAccess(access: Exclude<Access, { kind: 'open' }>): Outcome {
  return access.kind === 'revoked'
    ? { kind: 'reconnect', reason: access.reason }
    : { kind: 'temporary', reason: access.reason }
}

const rejected = ({ manifest }: Connector): Outcome => ({
  kind: 'rejected',
  reason: reasons.noConnector(manifest.id),
})

/** A text in Persian letters is Persian; anything else is left to the network. */
function languagesOf(text: string): string[] {
  return /[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0627-\u064a]/.test(text) ? ['fa'] : []
}

const pendingOf = ({ pendingState }: PublicationRow): Json =>
  (pendingState as { state: Json } | null)?.state ?? null
