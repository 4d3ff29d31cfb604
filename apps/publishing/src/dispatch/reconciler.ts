import type { Reason } from '@hamava/contracts'
import { connectorOf, guaranteesOf, NetworkError, type Witnessed } from '@hamava/networks'
import { newId } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChannelRow } from '../channels/channel.entity.ts'
import { ChannelAccess } from '../channels/channel-access.ts'
import type { Config } from '../config.ts'
import { databaseNow } from '../database/database-now.ts'
import { isHeld } from '../lanes/work.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'
import { configToken } from '../tokens.ts'
import { enterGate } from './fence.ts'
import { type Doubt, reconcile } from './reconcile.ts'
import { ReplicaPresence } from './replica-presence.ts'
import { retryDelayMs } from './retry-delay.ts'
import { type Job, SendPart } from './send-part.ts'
import { Settle, type Tried } from './settle.ts'
import type { Grip } from './settle-batch.ts'
import { requestTimeoutMs, sendWindowMs } from './timing.ts'

/** Two looks at the channel, apart by its settling time, count as absence. */
const looksForAbsence = 2
/** After so many looks in a row that failed, a person is asked. */
const maxFailedLooks = 40

/** What is known of the requests in question, and which replicas sent those that were never answered. */
type OpenDoubt = Doubt & { senders: string[] }
type Case = Omit<Job, 'attempt' | 'sendUntil'> & {
  owner: string
  doubt: OpenDoubt
  settleMs: number
}

/** Finds out what became of requests whose answer is missing. */
@Injectable()
export class Reconciler {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
    private readonly sending: SendPart,
    private readonly settle: Settle,
    private readonly presence: ReplicaPresence,
    @Inject(configToken) private readonly config: Config,
  ) {}

  /** Does nothing unless the publication is in `sending`, leased by `owner`. */
  async run(id: string, owner: string): Promise<void> {
    const row = await this.dataSource.getRepository(PublicationRow).findOneByOrFail({ id })
    if (row.state !== 'sending' || row.leaseOwner !== owner) return
    const grip = gripOn(row, owner)
    const doubt = await this.doubtAbout(row)
    // All its requests were refused before they did anything: it is as if none had left.
    if (!doubt) return this.settle.row(grip, { state: 'planned' })
    const channel = await this.dataSource.getRepository(ChannelRow).findOneBy({ id: row.channelId })
    const connector = connectorOf(row.network)
    if (!channel || !connector || channel.removedAt) return this.giveUp(row, grip)
    if (channel.health === 'reconnect') return this.later(row, grip)
    const guarantees = guaranteesOf(connector, this.access.unseal(channel))
    const canFind = row.kind === 'post' && connector.publish?.find !== undefined
    const settleMs = guarantees.readBack?.settleMs ?? 0
    const open = { row, channel, connector, owner, doubt, settleMs }
    const next = reconcile(guarantees, canFind, requestTimeoutMs(this.config), doubt)
    switch (next.kind) {
      case 'send_again':
        return this.sendAgain(open)
      case 'wait':
        return this.settle.row(grip, { nextAttemptAt: next.until })
      case 'find':
        return this.find(open)
      case 'unconfirmed':
        return this.giveUp(row, grip)
    }
  }

  private async sendAgain(open: Case): Promise<void> {
    const sendUntil = performance.now() + sendWindowMs(this.config)
    const attempt = await this.newAttempt(open, 'publish')
    if (!attempt) return this.later(open.row, gripOn(open.row, open.owner))
    await this.settle.record(
      attempt,
      await this.sending.send({ ...open, attempt, sendUntil }),
      open.doubt,
    )
  }

  private async find(open: Case): Promise<void> {
    const sendUntil = performance.now() + sendWindowMs(this.config)
    const attempt = await this.newAttempt(open, 'find')
    if (!attempt) return
    const line = this.sending.line({ sendUntil })
    const { witnessed } = line
    try {
      const job = { ...open, attempt, sendUntil }
      const found = await this.sending.find(job, open.doubt.firstStartedAt, line)
      if (found === 'absent') await this.noteAbsent(open, attempt, witnessed)
      else await this.settle.record(attempt, { outcome: found, witnessed }, open.doubt)
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      await this.notRead(open, attempt, witnessed, error)
    }
  }

  private async noteAbsent(
    { row, doubt, settleMs }: Case,
    attempt: Tried,
    witnessed: Witnessed[],
  ): Promise<void> {
    const now = await databaseNow(this.dataSource.manager)
    const absentReads = row.absentReads + 1
    if (absentReads < looksForAbsence) {
      const nextAttemptAt = new Date(now.getTime() + settleMs)
      const change = { nextAttemptAt, absentReads }
      return this.settle.read(attempt, 'absent', null, witnessed, change)
    }
    if (!doubt.isDuplicate && !(await this.presence.areGone(doubt.senders))) {
      // Absent so far; but who sent it stands still, and could go on and send it yet.
      const nextAttemptAt = new Date(now.getTime() + this.config.LEASE_MS)
      const change = { nextAttemptAt, absentReads, reason: reasons.ownerMayLive() }
      return this.settle.read(attempt, 'absent', null, witnessed, change)
    }
    const change: Partial<PublicationRow> = doubt.isDuplicate
      ? { state: 'failed', reason: row.reason }
      : { state: 'planned', nextAttemptAt: now }
    return this.settle.read(attempt, 'absent', null, witnessed, { ...change, absentReads: 0 })
  }

  private async notRead(
    { row }: Case,
    attempt: Tried,
    witnessed: Witnessed[],
    error: NetworkError,
  ): Promise<void> {
    const { kind, reason, retryAt } = error
    const isHopeless = kind === 'rejected' || row.failures >= maxFailedLooks
    await this.settle.read(
      attempt,
      'temporary',
      reason,
      witnessed,
      isHopeless ? unconfirmed(row, reason) : await this.postponed(row, retryAt),
    )
    if (kind === 'reconnect') await this.access.markLost(row.channelId, reason)
  }

  private async later(row: PublicationRow, grip: Grip): Promise<void> {
    await this.settle.row(grip, await this.postponed(row, null))
  }

  private async postponed(row: PublicationRow, retryAt: Date | null) {
    const now = await databaseNow(this.dataSource.manager)
    const waitMs = retryAt ? retryAt.getTime() - Date.now() : retryDelayMs(row.failures + 1)
    return { nextAttemptAt: new Date(now.getTime() + waitMs), failures: row.failures + 1 }
  }

  private giveUp(row: PublicationRow, grip: Grip): Promise<void> {
    return this.settle.row(grip, unconfirmed(row, row.reason))
  }

  /** The requests of this part whose outcome is open, or known only from an answer that came too late. */
  private async doubtAbout({ id, part }: PublicationRow): Promise<OpenDoubt | null> {
    const [open] = await this.dataSource.query<
      {
        first: Date | null
        last: Date | null
        duplicate: boolean | null
        senders: string[]
        now: Date
      }[]
    >(
      `select min(started_at) as first,
              max(coalesce(finished_at, started_at + $3 * interval '1 ms')) as last,
              (array_agg(outcome order by number desc))[1] = 'duplicate' as duplicate,
              array_agg(distinct lease_owner) filter (where finished_at is null) as senders,
              clock_timestamp() as now
       from attempts
       where publication_id = $1 and part = $2 and step in ('publish', 'check')
         and (outcome is null or outcome in ('unknown_outcome', 'duplicate', 'published'))`,
      [id, part, sendWindowMs(this.config)],
    )
    if (!open?.first || !open.last) return null
    return {
      firstStartedAt: open.first,
      lastSentAt: open.last,
      isDuplicate: open.duplicate ?? false,
      senders: open.senders ?? [],
      now: open.now,
    }
  }

  /** Written before its request, like every attempt; null when the row is no longer ours, or held. */
  private async newAttempt(
    { row, owner }: Pick<Case, 'row' | 'owner'>,
    step: AttemptRow['step'],
  ): Promise<Tried | null> {
    const id = newId('attempt')
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`select ${enterGate}`)
      await manager.query(
        `with moved as (
           update publications p
           set attempt_count = attempt_count + 1,
               lease_until = clock_timestamp() + $5 * interval '1 ms'
           where id = $1 and lease_owner = $2 and state = 'sending' and attempt_count = $6
             and ($4 <> 'publish' or not ${isHeld})
           returning id, channel_id, attempt_count, part, snapshot_hash
         ), lane as (
           update lanes l
           set lease_until = clock_timestamp() + $5 * interval '1 ms',
               next_at = clock_timestamp() + $5 * interval '1 ms'
           from moved where l.channel_id = moved.channel_id and l.lease_owner = $2)
         insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key)
         select $3, id, attempt_count, part, $4, $2, snapshot_hash, id || '-' || part from moved`,
        [row.id, owner, id, step, this.config.LEASE_MS, row.attemptCount],
      )
      const attempt = await manager.findOneBy(AttemptRow, { id })
      return attempt && { ...attempt, channelId: row.channelId }
    })
  }
}

const gripOn = (row: PublicationRow, leaseOwner: string): Grip => ({
  publicationId: row.id,
  channelId: row.channelId,
  leaseOwner,
  number: row.attemptCount,
})

const unconfirmed = (row: PublicationRow, said: Reason | null): Partial<PublicationRow> => ({
  state: 'unconfirmed',
  reason: reasons.unconfirmed(row.network, said?.detail),
})
