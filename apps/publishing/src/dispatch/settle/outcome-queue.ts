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

/** Results are gathered for so long; one commit then carries them all. */
const gatherMs = 15
const mostAtOnce = 500
const retryWritingMs = 250

/** Gathers what came of attempts and writes it, under the fence: a late answer is evidence and changes nothing. */
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

  /** An answer is kept in memory until it is written, or twice could not be and its lease is over: reconcile takes over. */
  async record(
    attempt: AttemptOnLane,
    { outcome, exchanges }: Sent,
    earlier: Earlier | null = null,
  ) {
    const reason = 'reason' in outcome ? outcome.reason : null
    // Before the lane is free for the next: nothing more leaves with access that is gone.
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

  /** If it cannot be written now, the next publication of the channel finds out for itself. */
  private async markLost(channelId: string, reason: Reason): Promise<void> {
    await this.access
      .markLost(channelId, reason)
      .catch((error) => this.logger.warn(`cannot mark ${channelId} as lost: ${String(error)}`))
  }

  /** The channel was read, or could not be: what that says of the part. */
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
      // Once more in any case: a process that stood still has lost its connection and its time together.
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

/** A wait is told by the clock of this process. */
function byDatabaseClock(outcome: Outcome, now: Date): Outcome {
  if (outcome.kind !== 'rate_limited') return outcome
  return { ...outcome, until: new Date(outcome.until.getTime() - Date.now() + now.getTime()) }
}
