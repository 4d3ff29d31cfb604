import type { Reason } from '@hamava/contracts'
import { connectorOf, guaranteesOf, NetworkError, type Witnessed } from '@hamava/networks'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChannelAccess } from '../channels/channel-access.ts'
import type { Config } from '../config.ts'
import type { PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'
import { configToken } from '../tokens.ts'
import { newAttempts } from './new-attempts.ts'
import { type Doubtful, type OpenDoubt, openDoubts } from './open-doubts.ts'
import { persistently } from './persistently.ts'
import { reconcile } from './reconcile.ts'
import { ReplicaPresence } from './replica-presence.ts'
import { retryDelayMs } from './retry-delay.ts'
import { type Job, SendPart } from './send-part.ts'
import { Settle, type Tried } from './settle.ts'
import type { Change, Grip } from './settle-batch.ts'
import { requestTimeoutMs, sendWindowMs } from './timing.ts'

/** So many looks at the channel count as absence; the last when nothing can be under way any more. */
const looksForAbsence = 2
/** After so many looks in a row that failed, a person is asked. */
const maxFailedLooks = 40

type Case = Omit<Job, 'attempt' | 'sendUntil'> & { doubt: OpenDoubt; settleMs: number }
type Looking = Case & { provenFrom: Date }

/** What is done about a doubt: something is asked of the network, or the row alone says enough. */
type Step =
  | { asks: 'publish'; open: Case }
  | { asks: 'find'; open: Looking }
  | { asks: null; row: PublicationRow; change: Change }
  | { asks: null; row: PublicationRow; error: unknown }

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

  /**
   * A promise for each; what is not in `sending`, leased by `owner`, is left alone. They are read, and
   * their attempts written, together: those that a replica left behind are many.
   */
  run(ids: string[], owner: string): Promise<void>[] {
    if (ids.length === 0) return []
    const steps = persistently(sendWindowMs(this.config), () => this.begin(ids, owner))
    return ids.map(async (id) => (await steps).get(id)?.())
  }

  private async begin(ids: string[], owner: string): Promise<Map<string, () => Promise<void>>> {
    const { manager } = this.dataSource
    const doubtful = await openDoubts(manager, ids, owner, sendWindowMs(this.config))
    const steps = doubtful.map((one): Step => {
      try {
        return this.stepOf(one)
      } catch (error) {
        // One whose credentials cannot be read, say, keeps no other from being found out about.
        return { asks: null, row: one.row, error }
      }
    })
    const wanted = steps.flatMap((step) =>
      step.asks ? [{ row: step.open.row, step: step.asks, key: step.open.doubt.key }] : [],
    )
    const sendUntil = performance.now() + sendWindowMs(this.config)
    const attempts = await this.dataSource.transaction((tx) =>
      newAttempts(tx, wanted, { owner, leaseMs: this.config.LEASE_MS }),
    )
    return new Map(
      steps.map((step) => {
        if ('error' in step) return [step.row.id, () => Promise.reject(step.error)]
        if (!step.asks) return [step.row.id, () => this.settle.row(gripOn(step.row), step.change)]
        const { row } = step.open
        const attempt = attempts.get(row.id)
        if (!attempt) return [row.id, () => this.settle.row(gripOn(row), postponed(row, null))]
        return step.asks === 'find'
          ? [row.id, () => this.find(step.open, attempt, sendUntil)]
          : [row.id, () => this.sendAgain(step.open, attempt, sendUntil)]
      }),
    )
  }

  private stepOf({ row, doubt, channel }: Doubtful): Step {
    const only = (change: Change): Step => ({ asks: null, row, change })
    if (!doubt) return only(() => ({ state: 'planned' }))
    const connector = connectorOf(row.network)
    if (!channel || !connector) return only(() => unconfirmed(row, row.reason))
    if (channel.health === 'reconnect') return only(postponed(row, null))
    const guarantees = guaranteesOf(connector, this.access.unseal(channel))
    const by = row.kind === 'message' ? connector.listen : connector.publish
    const settleMs = guarantees.readBack?.settleMs ?? 0
    const inDoubtSince = doubt.firstStartedAt
    const open = { row, channel, connector, doubt, settleMs, inDoubtSince }
    const given = {
      canFind: by?.find !== undefined,
      requestTimeoutMs: requestTimeoutMs(this.config),
      waitMs: this.config.DOUBT_WAIT_MS,
    }
    const next = reconcile(guarantees, given, doubt)
    switch (next.kind) {
      case 'send_again':
        return { asks: 'publish', open }
      case 'wait':
        return only(() => ({ nextAttemptAt: next.until }))
      case 'find':
        return { asks: 'find', open: { ...open, provenFrom: next.provenFrom } }
      case 'unconfirmed':
        return only(() => unconfirmed(row, row.reason))
    }
  }

  private async sendAgain(open: Case, attempt: Tried, sendUntil: number): Promise<void> {
    const sent = await this.sending.send({ ...open, attempt, sendUntil })
    await this.settle.record(attempt, sent, open.doubt)
  }

  private async find(open: Looking, attempt: Tried, sendUntil: number): Promise<void> {
    const line = this.sending.line({ sendUntil })
    const { witnessed } = line
    try {
      const job = { ...open, attempt, sendUntil }
      const found = await this.sending.find(job, open.doubt.firstStartedAt, line)
      if (typeof found === 'string') {
        const change = await this.changeWhenUnseen(open, attempt, found)
        await this.settle.read(attempt, found, null, witnessed, change)
      } else await this.settle.record(attempt, { outcome: found, witnessed }, open.doubt)
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      await this.notRead(open, attempt, witnessed, error)
    }
  }

  private async changeWhenUnseen(
    { row, doubt, settleMs, provenFrom }: Looking,
    attempt: Tried,
    found: 'absent' | 'unclear',
  ): Promise<Change> {
    const absentReads = row.absentReads + 1
    if (attempt.startedAt < provenFrom || absentReads < looksForAbsence) {
      return (now) => ({ nextAttemptAt: latest(provenFrom, after(now, settleMs)), absentReads })
    }
    if (found === 'unclear') {
      return () => ({ state: 'unconfirmed', reason: reasons.unrecognised(row.network) })
    }
    if (doubt.isDuplicate) {
      return () => ({ state: 'failed', reason: row.reason, absentReads: 0 })
    }
    if (!(await this.presence.areGone(doubt.senders))) {
      // Absent so far; but who sent it stands still, and could go on and send it yet.
      const reason = reasons.ownerMayLive()
      return (now) => ({ nextAttemptAt: after(now, this.config.LEASE_MS), absentReads, reason })
    }
    const clearedUpTo = row.attemptCount
    return (now) => ({ state: 'planned', nextAttemptAt: now, absentReads: 0, clearedUpTo })
  }

  private async notRead(
    { row }: Case,
    attempt: Tried,
    witnessed: Witnessed[],
    { kind, reason, retryAt }: NetworkError,
  ): Promise<void> {
    const isHopeless = kind === 'rejected' || row.failures >= maxFailedLooks
    const change = isHopeless ? () => unconfirmed(row, reason) : postponed(row, retryAt)
    await this.settle.read(attempt, 'temporary', reason, witnessed, change)
    if (kind === 'reconnect') await this.access.markLost(row.channelId, reason)
  }
}

const gripOn = ({ id, channelId, leaseOwner, attemptCount }: PublicationRow): Grip => ({
  publicationId: id,
  channelId,
  leaseOwner: leaseOwner ?? '',
  number: attemptCount,
})

const after = (now: Date, ms: number) => new Date(now.getTime() + ms)

const latest = (one: Date, other: Date) => (one > other ? one : other)

/** @param retryAt by the clock of this process. */
function postponed(row: PublicationRow, retryAt: Date | null): Change {
  const waitMs = retryAt ? retryAt.getTime() - Date.now() : retryDelayMs(row.failures + 1)
  return (now) => ({ nextAttemptAt: after(now, waitMs), failures: row.failures + 1 })
}

const unconfirmed = (row: PublicationRow, said: Reason | null): Partial<PublicationRow> => ({
  state: 'unconfirmed',
  reason: reasons.unconfirmed(row.network, said?.detail),
})
