import { connectorOf, guaranteesOf, NetworkError } from '@hamava/networks'
import { newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChannelRow } from '../channels/channel.entity.ts'
import { ChannelAccess } from '../channels/channel-access.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'
import { type Doubt, reconcile } from './reconcile.ts'
import { retryDelayMs } from './retry-delay.ts'
import { type Job, SendPart } from './send-part.ts'
import { Settle } from './settle.ts'

/** Two looks at the channel, apart by its settling time, count as absence. */
const looksForAbsence = 2

/** Finds out what became of requests whose answer is missing. */
@Injectable()
export class Reconciler {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
    private readonly sending: SendPart,
    private readonly settle: Settle,
  ) {}

  /** @param id a publication in `sending`, leased by `owner`. */
  async run(id: string, owner: string): Promise<void> {
    const row = await this.dataSource.getRepository(PublicationRow).findOneByOrFail({ id })
    if (row.state !== 'sending' || row.leaseOwner !== owner) return
    const doubt = await this.doubtAbout(row)
    const channel = await this.dataSource.getRepository(ChannelRow).findOneBy({ id: row.channelId })
    const connector = connectorOf(row.network)
    if (!doubt || !channel || !connector || channel.removedAt) return this.giveUp(row, owner)
    const guarantees = guaranteesOf(connector, this.access.unseal(channel))
    const canFind = row.kind === 'post' && connector.publish?.find !== undefined
    const next = reconcile(guarantees, canFind, doubt)
    switch (next.kind) {
      case 'send_again':
        return this.sendAgain({ row, channel, connector }, owner)
      case 'wait':
        return this.settle.row(ghost(row, owner), { nextAttemptAt: next.until })
      case 'find':
        return this.find(
          { row, channel, connector },
          owner,
          doubt,
          guarantees.readBack?.settleMs ?? 0,
        )
      case 'unconfirmed':
        return this.giveUp(row, owner)
    }
  }

  private async sendAgain(job: Omit<Job, 'attempt'>, owner: string): Promise<void> {
    const attempt = await this.newAttempt(job.row, owner, 'publish')
    if (attempt) await this.settle.outcome(attempt, await this.sending.send({ ...job, attempt }))
  }

  private async find(
    job: Omit<Job, 'attempt'>,
    owner: string,
    doubt: Doubt,
    settleMs: number,
  ): Promise<void> {
    const attempt = await this.newAttempt(job.row, owner, 'find')
    if (!attempt) return
    try {
      const found = await this.sending.find({ ...job, attempt }, doubt.firstStartedAt)
      if (found !== 'absent') return await this.settle.outcome(attempt, found)
      const absentReads = job.row.absentReads + 1
      const isGone = absentReads >= looksForAbsence
      const nextAttemptAt = new Date(Date.now() + (isGone ? 0 : settleMs))
      const state = isGone ? ('planned' as const) : ('sending' as const)
      await this.settle.absent(attempt, {
        state,
        nextAttemptAt,
        absentReads: isGone ? 0 : absentReads,
      })
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      const nextAttemptAt = error.retryAt ?? new Date(Date.now() + retryDelayMs(attempt.number))
      await this.settle.row(attempt, { nextAttemptAt }, error.reason)
    }
  }

  private giveUp(row: PublicationRow, owner: string): Promise<void> {
    const reason = reasons.unconfirmed(row.network)
    return this.settle.row(ghost(row, owner), { state: 'unconfirmed', reason })
  }

  /** When the requests left whose outcome is open: those without a reply, or with a useless one. */
  private async doubtAbout(row: PublicationRow): Promise<Doubt | null> {
    const [open] = await this.dataSource.query<
      { first: Date | null; last: Date | null; now: Date }[]
    >(
      `select min(started_at) as first, max(started_at) as last, now() as now from attempts
       where publication_id = $1 and part = $2 and step <> 'find'
         and (outcome is null or outcome in ('unknown_outcome', 'duplicate'))`,
      [row.id, row.part],
    )
    if (!open?.first || !open.last) return null
    return { firstStartedAt: open.first, lastStartedAt: open.last, now: open.now }
  }

  /** Written before its request, like every attempt; null when the row is no longer ours. */
  private async newAttempt(
    row: PublicationRow,
    owner: string,
    step: AttemptRow['step'],
  ): Promise<AttemptRow | null> {
    const id = newId('attempt')
    await this.dataSource.query(
      `with moved as (
         update publications set attempt_count = attempt_count + 1
         where id = $1 and lease_owner = $2 and state = 'sending'
         returning id, attempt_count, part, snapshot_hash)
       insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key)
       select $3, id, attempt_count, part, $4, $2, snapshot_hash, id || '-' || part from moved`,
      [row.id, owner, id, step],
    )
    return this.dataSource.getRepository(AttemptRow).findOneBy({ id })
  }
}

/** Stands for the lease itself, where the row changes without a request. */
function ghost(row: PublicationRow, owner: string): AttemptRow {
  return Object.assign(new AttemptRow(), {
    id: '',
    publicationId: row.id,
    number: row.attemptCount,
    leaseOwner: owner,
  })
}
