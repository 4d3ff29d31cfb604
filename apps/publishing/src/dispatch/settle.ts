import { Transactions, type Tx } from '@hamava/bus'
import { systemContext } from '@hamava/contracts'
import type { Outcome } from '@hamava/networks'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { ChannelAccess } from '../channels/channel-access.ts'
import type { Config } from '../config.ts'
import { databaseNow } from '../database/database-now.ts'
import { announce } from '../publications/announce.ts'
import type { AttemptRow } from '../publications/attempt.entity.ts'
import { assertTransition } from '../publications/lifecycle.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import type { Reason } from '../reason.ts'
import { configToken } from '../tokens.ts'
import { decide } from './decide.ts'
import { Wakening } from './wakening.ts'

/** What proves that a publication is still ours to change: the lease, and its latest attempt. */
export type Grip = Pick<AttemptRow, 'publicationId' | 'leaseOwner' | 'number'>

/** An earlier request of the same part, whose outcome is open. */
export interface Earlier {
  firstStartedAt: Date
}

const retryWritingMs = 250

/** Writes what came of an attempt, under the fence: a late answer is evidence and changes nothing. */
@Injectable()
export class Settle {
  private readonly logger = new Logger('settle')

  constructor(
    private readonly transactions: Transactions,
    private readonly access: ChannelAccess,
    private readonly wakening: Wakening,
    @Inject(configToken) private readonly config: Config,
  ) {}

  /** An answer is kept in memory until it is written, or its lease is over and reconcile takes over. */
  async record(attempt: AttemptRow, outcome: Outcome, earlier: Earlier | null = null) {
    const until = performance.now() + this.config.LEASE_MS
    for (;;) {
      try {
        return await this.outcome(attempt, outcome, earlier)
      } catch (error) {
        if (performance.now() > until) throw error
        this.logger.warn(`cannot write an outcome yet: ${String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, retryWritingMs))
      }
    }
  }

  private async outcome(attempt: AttemptRow, outcome: Outcome, earlier: Earlier | null) {
    const reason = 'reason' in outcome ? outcome.reason : null
    let lostChannel: string | null = null
    await this.transactions.run(async (tx) => {
      await finish(tx, attempt, outcome.kind, reason)
      await this.change(tx, attempt, (row, now) => {
        const startedAt = earlier?.firstStartedAt ?? attempt.startedAt
        const given = { now, startedAt, isInDoubt: earlier !== null }
        const decision = decide(byDatabaseClock(outcome, now), row, given)
        if (decision.channelLost) lostChannel = row.channelId
        return decision.change
      })
    })
    if (lostChannel && reason) await this.access.markLost(lostChannel, reason)
  }

  /** The channel was read, or could not be: what that says of the part. */
  async read(
    attempt: AttemptRow,
    outcome: 'absent' | 'temporary',
    reason: Reason | null,
    change: Partial<PublicationRow>,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      await finish(tx, attempt, outcome, reason)
      await this.change(tx, attempt, () => change)
    })
  }

  /** A decision without a request: only the row changes. */
  async row(grip: Grip, change: Partial<PublicationRow>): Promise<void> {
    await this.transactions.run((tx) => this.change(tx, grip, () => change))
  }

  private async change(
    tx: Tx,
    grip: Grip,
    changeOf: (row: PublicationRow, now: Date) => Partial<PublicationRow>,
  ): Promise<void> {
    const rows = tx.manager.getRepository(PublicationRow)
    const row = await rows.findOneOrFail({
      where: { id: grip.publicationId },
      lock: { mode: 'pessimistic_write' },
    })
    const isOurs = row.leaseOwner === grip.leaseOwner && row.attemptCount === grip.number
    if (!isOurs || row.state !== 'sending') {
      this.logger.warn(`${row.id}: attempt ${grip.number} ended late: evidence, nothing else`)
      return
    }
    const now = await databaseNow(tx.manager)
    Object.assign(row, changeOf(row, now), { leaseOwner: null, leaseUntil: null })
    assertTransition('sending', row.state)
    await rows.save(row)
    if (row.state !== 'sending') {
      announce(tx, systemContext(row.workspaceId, 'publishing'), row, 'sending')
    }
    const isDue = ['planned', 'sending'].includes(row.state) && row.nextAttemptAt <= now
    if (isDue) tx.afterCommit(() => this.wakening.wakeHere())
  }
}

/** A wait is told by the clock of this process. */
function byDatabaseClock(outcome: Outcome, now: Date): Outcome {
  if (outcome.kind !== 'rate_limited') return outcome
  return { ...outcome, until: new Date(outcome.until.getTime() - Date.now() + now.getTime()) }
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
