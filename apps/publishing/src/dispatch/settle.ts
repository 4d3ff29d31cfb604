import { Transactions, type Tx } from '@hamava/bus'
import { type PublicationState, systemContext } from '@hamava/contracts'
import type { Outcome } from '@hamava/networks'
import { Injectable, Logger } from '@nestjs/common'
import { ChannelAccess } from '../channels/channel-access.ts'
import { announce } from '../publications/announce.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { assertTransition } from '../publications/lifecycle.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import type { Reason } from '../reason.ts'
import { decide } from './decide.ts'

/** Writes what came of an attempt, under the fence: a late answer is evidence and changes nothing. */
@Injectable()
export class Settle {
  private readonly logger = new Logger('settle')

  constructor(
    private readonly transactions: Transactions,
    private readonly access: ChannelAccess,
  ) {}

  async outcome(attempt: AttemptRow, outcome: Outcome): Promise<void> {
    let lostChannel: string | null = null
    const reason = 'reason' in outcome ? outcome.reason : null
    await this.transactions.run(async (tx) => {
      await finish(tx, attempt, outcome.kind, reason)
      await this.change(tx, attempt, (row) => {
        const now = new Date()
        const decision = decide(outcome, row, { now, startedAt: attempt.startedAt })
        if (decision.channelLost) lostChannel = row.channelId
        return decision.change
      })
    })
    if (lostChannel && reason) await this.access.markLost(lostChannel, reason)
  }

  /** The channel was read and the part is not there. */
  async absent(attempt: AttemptRow, change: Partial<PublicationRow>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await finish(tx, attempt, 'absent', null)
      await this.change(tx, attempt, () => change)
    })
  }

  /** A read that failed, or a decision without a request: only the row changes. */
  async row(attempt: AttemptRow, change: Partial<PublicationRow>, reason: Reason | null = null) {
    await this.transactions.run(async (tx) => {
      if (reason) await finish(tx, attempt, 'temporary', reason)
      await this.change(tx, attempt, () => change)
    })
  }

  private async change(
    tx: Tx,
    attempt: AttemptRow,
    changeOf: (row: PublicationRow) => Partial<PublicationRow>,
  ): Promise<void> {
    const rows = tx.manager.getRepository(PublicationRow)
    const row = await rows.findOneOrFail({
      where: { id: attempt.publicationId },
      lock: { mode: 'pessimistic_write' },
    })
    const isOurs = row.leaseOwner === attempt.leaseOwner && row.attemptCount === attempt.number
    if (!isOurs || row.state !== 'sending') {
      this.logger.warn(`attempt ${attempt.id} answered late: kept as evidence, nothing else`)
      return
    }
    const before: PublicationState = row.state
    Object.assign(row, changeOf(row), { leaseOwner: null, leaseUntil: null })
    assertTransition(before, row.state)
    await rows.save(row)
    if (row.state !== before)
      announce(tx, systemContext(row.workspaceId, 'publishing'), row, before)
  }
}

async function finish(
  tx: Tx,
  attempt: AttemptRow,
  outcome: NonNullable<AttemptRow['outcome']>,
  reason: Reason | null,
): Promise<void> {
  await tx.manager.query(
    `update attempts set finished_at = clock_timestamp(), outcome = $2, reason = $3
     where id = $1 and finished_at is null`,
    [attempt.id, outcome, reason && JSON.stringify(reason)],
  )
}
