import { setTimeout as delay } from 'node:timers/promises'
import type { Attempt, Reason } from '@hamava/contracts'
import type { Exchange, Outcome } from '@hamava/networks'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { ChannelAccess } from '../../channels/channel-access.ts'
import type { Config } from '../../config.ts'
import { DispatchSignal } from '../../lanes/dispatch-signal.ts'
import type { AttemptRow } from '../../publications/attempt.entity.ts'
import { configToken } from '../../tokens.ts'
import type { Sent } from '../send/send-part.ts'
import { decide } from './decide.ts'
import {
  type LeaseToken,
  type OutcomeWrite,
  OutcomeWriter,
  type RowChange,
} from './outcome-writer.ts'

/** An earlier request of the same part, whose outcome is open. */
export interface Earlier {
  firstStartedAt: Date
}

/** An attempt, and the channel whose lane it is in. */
export type AttemptOnLane = AttemptRow & { channelId: string }

interface Waiting {
  item: OutcomeWrite
  until: number
  tries: number
  done: () => void
  failed: (error: unknown) => void
}

/** How long results are gathered; one commit then writes them all. */
const gatherMs = 15
const mostAtOnce = 500
const retryWritingMs = 250

/** Gathers and writes the outcomes of attempts. An answer after the lease is only evidence and changes no row. */
@Injectable()
export class OutcomeQueue {
  private readonly logger = new Logger('settle')
  private readonly waiting: Waiting[] = []
  private flushing: Promise<void> | null = null

  constructor(
    private readonly batch: OutcomeWriter,
    private readonly access: ChannelAccess,
    private readonly signal: DispatchSignal,
    @Inject(configToken) private readonly config: Config,
  ) {}

  /**
   * Keeps an answer in memory until it is written, or until its lease is over and writing failed twice: then it is left
   * to be resolved in doubt.
   */
  async record(
    attempt: AttemptOnLane,
    { outcome, exchanges }: Sent,
    earlier: Earlier | null = null,
  ) {
    const reason = 'reason' in outcome ? outcome.reason : null
    // Before the lane is freed, so that no further publication leaves with the lost access.
    if (outcome.kind === 'reconnect') await this.markLost(attempt.channelId, outcome.reason)
    await this.write({
      lease: leaseTokenOf(attempt),
      finished: { attempt, outcome: outcome.kind, reason, exchanges },
      changeOf: (row, now) => {
        const { startedAt } = attempt
        const given = { now, startedAt, inDoubtSince: earlier?.firstStartedAt ?? null }
        return decide(byDatabaseClock(outcome, now), row, given)
      },
    })
  }

  /** A failure is only logged: the channel's next publication will be refused and mark it again. */
  private async markLost(channelId: string, reason: Reason): Promise<void> {
    await this.access
      .markLost(channelId, reason)
      .catch((error) => this.logger.warn(`cannot mark ${channelId} as lost: ${String(error)}`))
  }

  /** Records what reading the channel said of the part, or that the channel could not be read. */
  read(
    attempt: AttemptOnLane,
    outcome: Extract<Attempt['outcome'], 'absent' | 'unclear' | 'temporary'>,
    reason: Reason | null,
    exchanges: Exchange[],
    changeOf: RowChange,
  ): Promise<void> {
    const ended = { attempt, outcome, reason, exchanges }
    return this.write({
      lease: leaseTokenOf(attempt),
      finished: ended,
      changeOf: (_, now) => changeOf(now),
    })
  }

  /** A decision without a request: only the row changes. */
  row(lease: LeaseToken, changeOf: RowChange): Promise<void> {
    return this.write({ lease, finished: null, changeOf: (_, now) => changeOf(now) })
  }

  private write(item: OutcomeWrite): Promise<void> {
    const until = performance.now() + this.config.LEASE_MS
    return new Promise((done, failed) => {
      this.waiting.push({ item, until, tries: 0, done, failed })
      this.flushing ??= this.flushAll().finally(() => {
        this.flushing = null
      })
    })
  }

  private async flushAll(): Promise<void> {
    await delay(gatherMs)
    while (this.waiting.length > 0) await this.flush(this.waiting.splice(0, mostAtOnce))
  }

  private async flush(batch: Waiting[]): Promise<void> {
    try {
      const results = await this.batch.run(batch.map(({ item }) => item))
      this.signal.signalLocal()
      batch.forEach(({ done, failed }, at) => {
        const result = results[at]
        if (result?.kind === 'refused') failed(result.error)
        else done()
      })
    } catch (error) {
      this.logger.warn(`cannot write results yet: ${String(error)}`)
      const now = performance.now()
      // At least two tries: a process that was stopped loses its database connection and its time at once.
      const isOver = ({ until, tries }: Waiting) => until <= now && tries > 1
      for (const one of batch) one.tries += 1
      for (const one of batch) if (isOver(one)) one.failed(error)
      this.waiting.unshift(...batch.filter((one) => !isOver(one)))
      await delay(retryWritingMs)
    }
  }
}

const leaseTokenOf = ({
  publicationId,
  leaseOwner,
  number,
  channelId,
}: AttemptOnLane): LeaseToken => ({
  publicationId,
  leaseOwner,
  number,
  channelId,
})

/** Converts `until`, which is by this process's clock, to the database's clock. */
function byDatabaseClock(outcome: Outcome, now: Date): Outcome {
  if (outcome.kind !== 'rate_limited') return outcome
  return { ...outcome, until: new Date(outcome.until.getTime() - Date.now() + now.getTime()) }
}
