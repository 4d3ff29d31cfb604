import { connectorOf, guaranteesOf, NetworkError } from '@hamava/networks'
import { newId } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChannelRow } from '../channels/channel.entity.ts'
import { ChannelAccess } from '../channels/channel-access.ts'
import type { Config } from '../config.ts'
import { databaseNow } from '../database/database-now.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import type { Reason } from '../reason.ts'
import { reasons } from '../reasons.ts'
import { configToken } from '../tokens.ts'
import { type Doubt, reconcile } from './reconcile.ts'
import { retryDelayMs } from './retry-delay.ts'
import { type Job, SendPart } from './send-part.ts'
import { type Grip, Settle } from './settle.ts'
import { requestTimeoutMs, sendWindowMs } from './timing.ts'

/** Two looks at the channel, apart by its settling time, count as absence. */
const looksForAbsence = 2
/** After so many looks in a row that failed, a person is asked. */
const maxFailedLooks = 40

type Case = Omit<Job, 'attempt' | 'sendUntil'> & { owner: string; doubt: Doubt; settleMs: number }

/** Finds out what became of requests whose answer is missing. */
@Injectable()
export class Reconciler {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
    private readonly sending: SendPart,
    private readonly settle: Settle,
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
    if (!attempt) return
    const outcome = await this.sending.send({ ...open, attempt, sendUntil })
    await this.settle.record(attempt, outcome, open.doubt)
  }

  private async find(open: Case): Promise<void> {
    const sendUntil = performance.now() + sendWindowMs(this.config)
    const attempt = await this.newAttempt(open, 'find')
    if (!attempt) return
    try {
      const job = { ...open, attempt, sendUntil }
      const found = await this.sending.find(job, open.doubt.firstStartedAt)
      if (found === 'absent') await this.noteAbsent(open, attempt)
      else await this.settle.record(attempt, found, open.doubt)
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      await this.notRead(open, attempt, error)
    }
  }

  private async noteAbsent({ row, doubt, settleMs }: Case, attempt: AttemptRow): Promise<void> {
    const now = await databaseNow(this.dataSource.manager)
    const absentReads = row.absentReads + 1
    if (absentReads < looksForAbsence) {
      const nextAttemptAt = new Date(now.getTime() + settleMs)
      return this.settle.read(attempt, 'absent', null, { nextAttemptAt, absentReads })
    }
    const change: Partial<PublicationRow> = doubt.isDuplicate
      ? { state: 'failed', reason: row.reason }
      : { state: 'planned', nextAttemptAt: now }
    return this.settle.read(attempt, 'absent', null, { ...change, absentReads: 0 })
  }

  private async notRead({ row }: Case, attempt: AttemptRow, error: NetworkError): Promise<void> {
    const { kind, reason, retryAt } = error
    const isHopeless = kind === 'rejected' || row.failures >= maxFailedLooks
    await this.settle.read(
      attempt,
      'temporary',
      reason,
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
  private async doubtAbout({ id, part }: PublicationRow): Promise<Doubt | null> {
    const [open] = await this.dataSource.query<
      {
        first: Date | null
        last: Date | null
        duplicate: boolean | null
        now: Date
      }[]
    >(
      `select min(started_at) as first,
              max(coalesce(finished_at, started_at + $3 * interval '1 ms')) as last,
              (array_agg(outcome order by number desc))[1] = 'duplicate' as duplicate,
              clock_timestamp() as now
       from attempts
       where publication_id = $1 and part = $2 and step <> 'find'
         and (outcome is null or outcome in ('unknown_outcome', 'duplicate', 'published'))`,
      [id, part, sendWindowMs(this.config)],
    )
    if (!open?.first || !open.last) return null
    return {
      firstStartedAt: open.first,
      lastSentAt: open.last,
      isDuplicate: open.duplicate ?? false,
      now: open.now,
    }
  }

  /** Written before its request, like every attempt; null when the row is no longer ours. */
  private async newAttempt(
    { row, owner }: Pick<Case, 'row' | 'owner'>,
    step: AttemptRow['step'],
  ): Promise<AttemptRow | null> {
    const id = newId('attempt')
    await this.dataSource.query(
      `with moved as (
         update publications
         set attempt_count = attempt_count + 1,
             lease_until = clock_timestamp() + $5 * interval '1 ms'
         where id = $1 and lease_owner = $2 and state = 'sending' and attempt_count = $6
         returning id, attempt_count, part, snapshot_hash)
       insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key)
       select $3, id, attempt_count, part, $4, $2, snapshot_hash, id || '-' || part from moved`,
      [row.id, owner, id, step, this.config.LEASE_MS, row.attemptCount],
    )
    return this.dataSource.getRepository(AttemptRow).findOneBy({ id })
  }
}

const gripOn = (row: PublicationRow, leaseOwner: string): Grip => ({
  publicationId: row.id,
  leaseOwner,
  number: row.attemptCount,
})

const unconfirmed = (row: PublicationRow, said: Reason | null): Partial<PublicationRow> => ({
  state: 'unconfirmed',
  reason: reasons.unconfirmed(row.network, said?.detail),
})
