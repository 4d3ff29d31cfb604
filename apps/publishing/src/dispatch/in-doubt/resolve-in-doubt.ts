import type { Reason } from '@hamava/contracts'
import { connectorOf, type Exchange, guaranteesOf, NetworkError } from '@hamava/networks'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChannelAccess } from '../../channels/channel-access.ts'
import type { Config } from '../../config.ts'
import type { PublicationRow } from '../../publications/publication.entity.ts'
import { reasons } from '../../reasons.ts'
import { configToken } from '../../tokens.ts'
import { retryUntil } from '../retry-until.ts'
import { type SendJob, SendPart } from '../send/send-part.ts'
import { type AttemptOnLane, OutcomeQueue } from '../settle/outcome-queue.ts'
import type { LeaseToken, RowChange } from '../settle/outcome-writer.ts'
import { retryDelayMs } from '../settle/retry-delay.ts'
import { requestTimeoutMs, sendWindowMs } from '../timing.ts'
import { insertAttempts } from './insert-attempts.ts'
import { type KeyedRequestsInDoubt, loadInDoubt, type PublicationInDoubt } from './load-in-doubt.ts'
import { nextStepInDoubt } from './next-step-in-doubt.ts'
import { ReplicaPresence } from './replica-presence.ts'

/** Lookups that must find nothing before absence counts; the last after no request can be in flight any more. */
const lookupsForAbsence = 2
/** Failed lookups in a row after which a person is asked. */
const maxFailedLookups = 40

type InDoubtCase = Omit<SendJob, 'attempt' | 'sendUntil'> & {
  requests: KeyedRequestsInDoubt
  settleMs: number
}
type LookupCase = InDoubtCase & { provenFrom: Date }

/** The next step for a publication in doubt: a request to the network, or a change of the row alone. */
type Step =
  | { asks: 'publish'; open: InDoubtCase }
  | { asks: 'find'; open: LookupCase }
  | { asks: null; row: PublicationRow; change: RowChange }
  | { asks: null; row: PublicationRow; error: unknown }

/** Resolves publications in doubt: reads the channel back, sends again by the key, or asks a person. */
@Injectable()
export class ResolveInDoubt {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
    private readonly sending: SendPart,
    private readonly outcomes: OutcomeQueue,
    private readonly presence: ReplicaPresence,
    @Inject(configToken) private readonly config: Config,
  ) {}

  /**
   * Returns a promise per id; a publication not in `sending` or not leased by `owner` is left alone. Rows are read and
   * attempts written in one batch, as a dead replica leaves many publications behind.
   */
  run(ids: string[], owner: string): Promise<void>[] {
    if (ids.length === 0) return []
    const steps = retryUntil(sendWindowMs(this.config), () => this.begin(ids, owner))
    return ids.map(async (id) => (await steps).get(id)?.())
  }

  private async begin(ids: string[], owner: string): Promise<Map<string, () => Promise<void>>> {
    const { manager } = this.dataSource
    const publications = await loadInDoubt(manager, ids, owner, sendWindowMs(this.config))
    const steps = publications.map((one): Step => {
      try {
        return this.stepOf(one)
      } catch (error) {
        // A failure of one, such as unreadable credentials, must not keep the others in doubt.
        return { asks: null, row: one.row, error }
      }
    })
    const wanted = steps.flatMap((step) =>
      step.asks ? [{ row: step.open.row, step: step.asks, key: step.open.requests.key }] : [],
    )
    const sendUntil = performance.now() + sendWindowMs(this.config)
    const attempts = await this.dataSource.transaction((tx) =>
      insertAttempts(tx, wanted, { owner, leaseMs: this.config.LEASE_MS }),
    )
    return new Map(
      steps.map((step) => {
        if ('error' in step) return [step.row.id, () => Promise.reject(step.error)]
        if (!step.asks)
          return [step.row.id, () => this.outcomes.row(leaseTokenOf(step.row), step.change)]
        const { row } = step.open
        const attempt = attempts.get(row.id)
        if (!attempt)
          return [row.id, () => this.outcomes.row(leaseTokenOf(row), postponed(row, null))]
        return step.asks === 'find'
          ? [row.id, () => this.find(step.open, attempt, sendUntil)]
          : [row.id, () => this.sendAgain(step.open, attempt, sendUntil)]
      }),
    )
  }

  private stepOf({ row, requests, channel }: PublicationInDoubt): Step {
    const only = (change: RowChange): Step => ({ asks: null, row, change })
    if (!requests) return only(() => ({ state: 'planned' }))
    const connector = connectorOf(row.network)
    if (!channel || !connector) return only(() => unconfirmed(row, row.reason))
    if (channel.health === 'reconnect') return only(postponed(row, null))
    const guarantees = guaranteesOf(connector, this.access.unseal(channel))
    const by = row.kind === 'message' ? connector.listen : connector.publish
    const settleMs = guarantees.readBack?.settleMs ?? 0
    const inDoubtSince = requests.firstStartedAt
    const open = { row, channel, connector, requests, settleMs, inDoubtSince }
    const given = {
      canFind: by?.find !== undefined,
      requestTimeoutMs: requestTimeoutMs(this.config),
      waitMs: this.config.DOUBT_WAIT_MS,
    }
    const next = nextStepInDoubt(guarantees, given, requests)
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

  private async sendAgain(
    open: InDoubtCase,
    attempt: AttemptOnLane,
    sendUntil: number,
  ): Promise<void> {
    const sent = await this.sending.send({ ...open, attempt, sendUntil })
    await this.outcomes.record(attempt, sent, open.requests)
  }

  private async find(open: LookupCase, attempt: AttemptOnLane, sendUntil: number): Promise<void> {
    const line = this.sending.line({ sendUntil })
    const { exchanges } = line
    try {
      const job = { ...open, attempt, sendUntil }
      const found = await this.sending.find(job, open.requests.firstStartedAt, line)
      if (typeof found === 'string') {
        const change = await this.changeWhenUnseen(open, attempt, found)
        await this.outcomes.read(attempt, found, null, exchanges, change)
      } else await this.outcomes.record(attempt, { outcome: found, exchanges }, open.requests)
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      await this.notRead(open, attempt, exchanges, error)
    }
  }

  private async changeWhenUnseen(
    { row, requests, settleMs, provenFrom }: LookupCase,
    attempt: AttemptOnLane,
    found: 'absent' | 'unclear',
  ): Promise<RowChange> {
    const absentReads = row.absentReads + 1
    if (attempt.startedAt < provenFrom || absentReads < lookupsForAbsence) {
      return (now) => ({ nextAttemptAt: latest(provenFrom, after(now, settleMs)), absentReads })
    }
    if (found === 'unclear') {
      return () => ({ state: 'unconfirmed', reason: reasons.unrecognised(row.network) })
    }
    if (requests.isDuplicate) {
      return () => ({ state: 'failed', reason: row.reason, absentReads: 0 })
    }
    if (!(await this.presence.areGone(requests.senders))) {
      // Absent so far, but its sender may only be stopped, and could still send it.
      const reason = reasons.ownerMayLive()
      return (now) => ({ nextAttemptAt: after(now, this.config.LEASE_MS), absentReads, reason })
    }
    const clearedUpTo = row.attemptCount
    return (now) => ({ state: 'planned', nextAttemptAt: now, absentReads: 0, clearedUpTo })
  }

  private async notRead(
    { row }: InDoubtCase,
    attempt: AttemptOnLane,
    exchanges: Exchange[],
    { kind, reason, retryAt }: NetworkError,
  ): Promise<void> {
    const isHopeless = kind === 'rejected' || row.failures >= maxFailedLookups
    const change = isHopeless ? () => unconfirmed(row, reason) : postponed(row, retryAt)
    await this.outcomes.read(attempt, 'temporary', reason, exchanges, change)
    if (kind === 'reconnect') await this.access.markLost(row.channelId, reason)
  }
}

const leaseTokenOf = ({ id, channelId, leaseOwner, attemptCount }: PublicationRow): LeaseToken => ({
  publicationId: id,
  channelId,
  leaseOwner: leaseOwner ?? '',
  number: attemptCount,
})

const after = (now: Date, ms: number) => new Date(now.getTime() + ms)

const latest = (one: Date, other: Date) => (one > other ? one : other)

/** @param retryAt by the clock of this process. */
function postponed(row: PublicationRow, retryAt: Date | null): RowChange {
  const waitMs = retryAt ? retryAt.getTime() - Date.now() : retryDelayMs(row.failures + 1)
  return (now) => ({ nextAttemptAt: after(now, waitMs), failures: row.failures + 1 })
}

const unconfirmed = (row: PublicationRow, said: Reason | null): Partial<PublicationRow> => ({
  state: 'unconfirmed',
  reason: reasons.unconfirmed(row.network, said?.detail),
})
