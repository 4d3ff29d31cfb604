import { Transactions } from '@hamava/bus'
import { type PlannedPublication, systemContext } from '@hamava/contracts'
import { NetworkError, type Outcome } from '@hamava/networks'
import { newId } from '@hamava/service-kit'
import type { DataSource } from 'typeorm'
import type { ChannelAccess } from '../channels/channel-access.ts'
import type { ReadChannels } from '../channels/read-channels.ts'
import type { Config } from '../config.ts'
import { type Intent, type LeftInDoubt, WriteIntents } from '../dispatch/claim/write-intents.ts'
import type { ReplicaPresence } from '../dispatch/in-doubt/replica-presence.ts'
import { ResolveInDoubt } from '../dispatch/in-doubt/resolve-in-doubt.ts'
import type { SendJob, SendPart, Sent } from '../dispatch/send/send-part.ts'
import { OutcomeQueue } from '../dispatch/settle/outcome-queue.ts'
import { OutcomeWriter } from '../dispatch/settle/outcome-writer.ts'
import { PlaceHold } from '../holds/place-hold.ts'
import { ReleaseHold } from '../holds/release-hold.ts'
import type { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { ChangePublications } from '../planning/change-publications.ts'
import { PlanPublications } from '../planning/plan-publications.ts'

export type Keyed = 'key' | 'late' | 'readable' | 'none'
/** What the network makes of a request. */
export type Manner = 'accepts' | 'loses_reply' | 'refuses' | 'is_out_of_order' | 'limits'

/** A post as the network of the model has taken it. */
export interface Accepted {
  publicationId: string
  key: string
  text: string
}

type Relay = ConstructorParameters<typeof Transactions>[1]

const reason = { code: 'model', message: { en: 'model', fa: 'model' }, fix: { en: '-', fa: '-' } }

/** A network in memory that does exactly what it is told, and remembers all that it took. */
export class ModelNetwork {
  readonly accepted: Accepted[] = []
  manner: Manner = 'accepts'

  constructor(private readonly keyed: Keyed) {}

  receive(publicationId: string, key: string, text: string, manner = this.manner): Outcome {
    if (manner === 'refuses') return { kind: 'rejected', reason }
    if (manner === 'is_out_of_order') return { kind: 'temporary', reason }
    if (manner === 'limits') return { kind: 'rate_limited', until: new Date(), reason }
    const known = this.accepted.find((post) => post.key === key)
    if (!known || (this.keyed !== 'key' && this.keyed !== 'late'))
      this.accepted.push({ publicationId, key, text })
    if (manner === 'loses_reply') return { kind: 'unknown_outcome', reason }
    return published(key)
  }

  find(key: string): Outcome | 'absent' {
    if (this.keyed === 'none') throw new NetworkError('rejected', reason)
    return this.accepted.some((post) => post.key === key) ? published(key) : 'absent'
  }
}

const published = (key: string): Outcome => ({
  kind: 'published',
  id: key,
  permalink: null,
  ref: { id: key },
})

const textOf = ({ row }: Pick<SendJob, 'row'>) =>
  (row.snapshot as PlannedPublication['snapshot']).parts[row.part]?.text ?? ''

/** The core of publishing on a real database, with a network in memory and time that is made to pass. */
export function modelWorld(dataSource: DataSource, keyed: Keyed) {
  const config = {
    LEASE_MS: 60_000,
    REQUEST_TIMEOUT_MS: 1,
    LATE_MINUTES: 15,
    PUBLISHING_NETWORKS: [] as string[],
  } as Config
  const network = new ModelNetwork(keyed)
  const call = systemContext(newId('workspace'), 'test')
  const transactions = new Transactions(dataSource, { wake() {} } as Relay)
  const signal = { signalLocal() {}, signalAll() {} } as DispatchSignal
  const access = {
    unseal: () => ({ url: '', token: '', keyed }),
    async markLost() {},
  } as unknown as ChannelAccess
  const sending = {
    line: () => ({ exchanges: [] }),
    send: async (job: SendJob): Promise<Sent> => ({
      outcome: network.receive(job.row.id, job.attempt.idempotencyKey, textOf(job)),
      exchanges: [],
    }),
    find: async (job: SendJob) => network.find(job.attempt.idempotencyKey),
  } as unknown as SendPart
  const settle = new OutcomeQueue(new OutcomeWriter(transactions, config), access, signal, config)
  const presence = { areGone: async () => true } as unknown as ReplicaPresence
  const reconciler = new ResolveInDoubt(dataSource, access, sending, settle, presence, config)
  const plans = new PlanPublications()
  const changes = new ChangePublications(transactions, plans, signal)
  const holds = { place: new PlaceHold(transactions, {} as ReadChannels, dataSource) }
  const releases = new ReleaseHold(transactions, signal, config)

  return {
    network,
    call,
    plan: (...planned: PlannedPublication[]) =>
      transactions.run((tx) =>
        plans.planAll(
          tx,
          planned.map((one) => ({ tx, call, planned: one })),
        ),
      ),
    change: changes.change.bind(changes),
    hold: () => holds.place.place(call, { scope: { kind: 'workspace' }, reason: 'model' }),
    release: (id: string) => releases.release(call, id),
    intents: (owner: string) =>
      new WriteIntents(dataSource, config).run(owner, {
        limit: 10,
        since: new Date(0),
        fullNetworks: [],
        isFreshFirst: true,
      }),
    /** Sends the request of an intent and writes its outcome; writes nothing when the process dies. */
    async carryOut(intent: Intent, manner: Manner, death: 'none' | 'before' | 'after') {
      const { row, attempt } = intent
      if (death === 'before') return
      const outcome = network.receive(row.id, attempt.idempotencyKey, textOf(intent), manner)
      if (death === 'after') return
      await settle.record({ ...attempt, channelId: row.channelId }, { outcome, exchanges: [] })
    },
    reconcile: (doubts: LeftInDoubt[], owner: string) =>
      Promise.all(
        reconciler.run(
          doubts.map(({ id }) => id),
          owner,
        ),
      ),
    /** Makes everything that waits due, and ends all leases. */
    async passTime() {
      await dataSource.query(
        `update attempts set started_at = started_at - interval '5 minutes',
           finished_at = finished_at - interval '5 minutes'`,
      )
      await dataSource.query(
        `update publications set next_attempt_at = least(next_attempt_at, clock_timestamp()),
           lease_until = lease_until - interval '5 minutes'`,
      )
      await dataSource.query(
        'update lanes set next_at = clock_timestamp(), lease_until = null, waits_until = null, trouble = 0',
      )
    },
  }
}
