import type {
  CallContext,
  ParsedInputOf,
  PostSnapshot,
  Reconciliation,
  reconcileLedger,
} from '@hamava/contracts'
import { connectorOf, NetworkError, type OwnPost, type Tools } from '@hamava/networks'
import { AppError, chosenChannels, type Storage } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { Between, DataSource, type EntityManager, In, MoreThan, Not } from 'typeorm'
import { mediaOf } from '../assets/read-media.ts'
import { ChannelRow } from '../channels/channel.entity.ts'
import { ChannelAccess } from '../channels/channel-access.ts'
import { databaseNow } from '../database/database-now.ts'
import { withPlannerDefaults } from '../database/with-planner-defaults.ts'
import { idempotencyKeyOf } from '../publications/idempotency-key.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { latenessSince } from '../status/lateness-since.ts'
import { storageToken, toolsToken } from '../tokens.ts'
import { compare, type LedgerPart } from './compare.ts'

type Query = ParsedInputOf<typeof reconcileLedger>
type Findings = Awaited<ReturnType<typeof compare>>

const dayMs = 86_400_000
const longestDays = 31
const mostPublications = 10_000
const channelsAtATime = 8
/** A publication that has been due for this long without any outcome counts as lost. */
const lostAfterMs = 5 * 60_000
/** A post may be stamped a little before its request, by a clock that is behind. */
const clockSkewMs = 60_000

/** Compares the ledger with what the networks really show. */
@Injectable()
export class ReconcileLedger {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
    @Inject(storageToken) private readonly storage: Storage,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  /** Throws `span_too_long`. A channel that cannot be read is listed, and its parts are not counted as checked. */
  async run(call: CallContext, query: Query): Promise<Reconciliation> {
    const now = await databaseNow(this.dataSource.manager)
    const { from, to } = spanOf(query, now)
    const channels = chosenChannels(call, query.channelId)
    const { workspaceId } = call
    const [rows, lateness] = await withPlannerDefaults(this.dataSource, async (manager) => [
      await rowsOf(manager, workspaceId, channels, from, to),
      await latenessSince(manager, from, to, { workspaceId, channels }),
    ])
    const read = rows.slice(0, mostPublications)
    const byChannel = Map.groupBy(read, (row) => row.channelId)
    const report: Findings & Pick<Reconciliation, 'unread' | 'checkedParts'> = {
      duplicates: [],
      unrecorded: [],
      falsePublished: [],
      unread: [],
      checkedParts: 0,
    }
    const waiting = [...byChannel]
    const reader = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        await this.compareChannel(next[0], next[1], report)
      }
    }
    await Promise.all(Array.from({ length: channelsAtATime }, reader))
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      states: countBy(read, (row) => row.state),
      ...report,
      lost: read.filter((row) => isLost(row, now)).map(whereOf),
      lateness,
      duplicateRate:
        report.checkedParts > 0 ? report.duplicates.length / report.checkedParts : null,
      isComplete: rows.length <= mostPublications,
    }
  }

  private async compareChannel(
    channelId: string,
    rows: PublicationRow[],
    report: Findings & Pick<Reconciliation, 'unread' | 'checkedParts'>,
  ): Promise<void> {
    const network = rows[0]?.network ?? ''
    const tried = rows.filter((row) => row.attemptCount > 0 && row.kind === 'post')
    if (tried.length === 0) return
    try {
      const since = Math.min(...tried.map((row) => row.dueAt.getTime())) - clockSkewMs
      const shown = await this.shownOn(channelId, new Date(since))
      const parts = tried.flatMap((row) => this.partsOf(row))
      // Parts that were live before a publication was published as new are accounted for.
      const former = new Set(tried.flatMap((row) => row.formerParts.map((one) => one.id)))
      const found = await compare(
        parts,
        shown.filter(({ id }) => !former.has(id)),
      )
      report.duplicates.push(...found.duplicates)
      report.unrecorded.push(...found.unrecorded)
      report.falsePublished.push(...found.falsePublished)
      report.checkedParts += parts.filter(({ remoteId }) => remoteId !== null).length
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      report.unread.push({ channelId, network, reason })
    }
  }

  private async shownOn(channelId: string, since: Date): Promise<OwnPost[]> {
    const channel = await this.dataSource.getRepository(ChannelRow).findOneBy({ id: channelId })
    if (!channel || channel.removedAt) throw new Error('the channel was removed')
    const own = connectorOf(channel.network)?.publish?.own
    if (!own) throw new Error('this network does not let its channels be read back')
    const access = await this.access.open(channel)
    if (access.kind !== 'open') throw new NetworkError('temporary', access.reason)
    const shown: OwnPost[] = []
    for await (const post of own(access.credentials, since, this.tools)) shown.push(post)
    return shown
  }

  /** The parts that were, or may have been, sent. */
  private partsOf(row: PublicationRow): LedgerPart[] {
    const { parts } = row.snapshot as PostSnapshot
    const [root] = row.liveParts
    return parts.slice(0, row.part + 1).flatMap((part, at) => {
      const live = row.liveParts.find((one) => one.part === at)
      const parent = row.liveParts.find((one) => one.part === at - 1)
      const replyTo = root && parent && at > 0
      return {
        publicationId: row.id,
        channelId: row.channelId,
        remoteId: live?.id ?? null,
        permalink: live?.permalink ?? null,
        input: {
          text: part.text,
          media: mediaOf(this.storage, part.assets),
          idempotencyKey: idempotencyKeyOf({ ...row, part: at }),
          dueAt: row.dueAt,
          begunAt: row.dueAt,
          settings: {},
          languages: [],
          ...(replyTo && {
            replyTo: { root: root.ref.value as never, parent: parent.ref.value as never },
          }),
        },
      }
    })
  }
}

function rowsOf(
  manager: EntityManager,
  workspaceId: string,
  channels: string[] | null,
  from: Date,
  to: Date,
): Promise<PublicationRow[]> {
  const where = {
    workspaceId,
    dueAt: Between(from, to),
    ...(channels && { channelId: In(channels) }),
  }
  return manager.find(PublicationRow, {
    // A publication that was attempted may be live, whatever was decided since.
    where: [
      { ...where, state: Not('cancelled') },
      { ...where, attemptCount: MoreThan(0) },
    ],
    order: { dueAt: 'DESC', id: 'DESC' },
    take: mostPublications + 1,
  })
}

/** Throws `span_too_long`. */
function spanOf(query: Query, now: Date): { from: Date; to: Date } {
  const to = query.to ? new Date(query.to) : now
  // Instants of the API begin in 1970.
  const from = new Date(query.from ?? Math.max(0, to.getTime() - dayMs))
  const days = (to.getTime() - from.getTime()) / dayMs
  if (days <= 0 || days > longestDays) {
    throw new AppError('span_too_long', { days: String(longestDays) })
  }
  return { from, to }
}

function isLost(row: PublicationRow, now: Date): boolean {
  const isLong = row.dueAt.getTime() < now.getTime() - lostAfterMs
  const isOpen = ['planned', 'sending', 'pending'].includes(row.state)
  return isLong && isOpen && row.approvedHash === row.snapshotHash
}

const whereOf = ({ id, channelId, remoteId, permalink }: PublicationRow) => ({
  publicationId: id,
  channelId,
  remoteId,
  permalink,
})

function countBy<T>(items: T[], keyOf: (item: T) => string): Record<string, number> {
  const groups = Map.groupBy(items, keyOf)
  return Object.fromEntries([...groups].map(([key, of]) => [key, of.length]))
}
