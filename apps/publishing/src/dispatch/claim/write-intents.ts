import { manifestOf } from '@hamava/networks/rules'
import { newId } from '@hamava/service-kit'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { ChannelRow } from '../../channels/channel.entity.ts'
import type { Config } from '../../config.ts'
import { rowsOf } from '../../database/rows-of.ts'
import { shareHoldLock } from '../../holds/hold-lock.ts'
import { takeFromAppBudgets } from '../../lanes/app-budgets.ts'
import { type Claimed, type ClaimOptions, claimLanes } from '../../lanes/claim-lanes.ts'
import { freeLanes, leaseLanes } from '../../lanes/free-lanes.ts'
import { blockedUntil, freshQuotas, type Quota, takeOne, takeReads } from '../../lanes/quota.ts'
import { reasons } from '../../reasons.ts'
import { configToken } from '../../tokens.ts'
import { retryUntil } from '../retry-until.ts'
import { sendWindowMs } from '../timing.ts'
import {
  type FenceOptions,
  type Passed,
  type PlannedAttempt,
  passedAlready,
  passFence,
  takeOver,
} from './fence.ts'

/** A publication whose intent is committed, with all that one request needs. */
export type Intent = Passed & { channel: ChannelRow | null }

/** Which lanes to look at. */
export type Look = Pick<ClaimOptions, 'limit' | 'since' | 'fullNetworks' | 'isFreshFirst'>

/** A publication left behind in `sending`, now leased by this replica to find out its outcome. */
export interface LeftInDoubt {
  id: string
  network: string
}

export interface Intents {
  intents: Intent[]
  inDoubt: LeftInDoubt[]
  /** How many lanes were claimed; `lastDueAt` is the due time of the last one claimed in order of due times. */
  seen: number
  lastDueAt: Date | null
  /** The database's clock at the beginning. */
  now: Date
}

/** One flush of intents: takes the lanes that are due and lets the next publication of each through the fence. */
@Injectable()
export class WriteIntents {
  private readonly logger = new Logger('intents')

  constructor(
    private readonly dataSource: DataSource,
    @Inject(configToken) private readonly config: Config,
  ) {}

  async run(owner: string, look: Look): Promise<Intents> {
    const wanted: PlannedAttempt[] = []
    try {
      return await this.dataSource.transaction((manager) =>
        this.write(manager, owner, look, wanted),
      )
    } catch (error) {
      // The commit may have succeeded: then its intents must leave within their lease.
      if (wanted.length === 0) throw error
      this.logger.warn(`the fence did not answer, asking what passed: ${String(error)}`)
      // Nothing has left yet, so this waits for an absent database as long as the lease holds.
      return retryUntil(sendWindowMs(this.config), () => this.committed(wanted))
    }
  }

  private async write(
    manager: EntityManager,
    owner: string,
    look: Look,
    wanted: PlannedAttempt[],
  ): Promise<Intents> {
    const {
      LEASE_MS: leaseMs,
      LATE_MINUTES: lateMinutes,
      PUBLISHING_NETWORKS: networks,
    } = this.config
    const { now, lanes } = await claimLanes(
      manager,
      { ...look, networks, lateMinutes },
      shareHoldLock,
    )
    const seen = {
      seen: lanes.length,
      lastDueAt: lanes.findLast(({ isFresh }) => !isFresh)?.nextAt ?? null,
      now,
    }
    if (lanes.length === 0) return { intents: [], inDoubt: [], ...seen }

    const due = lanes.filter((lane) => lane.head?.isDue)
    const sending = due.filter(({ head }) => head?.state === 'sending')
    const { go, waits } = await this.withinBudgets(manager, due, now)
    wanted.push(
      ...go.flatMap(({ lane: { head }, quotas }) =>
        head ? [{ publicationId: head.id, attemptId: newId('attempt'), quotas }] : [],
      ),
    )
    const options = { owner, leaseMs, lateMinutes }
    const passed = await passFence(manager, wanted, options)
    const inDoubt = await this.takeOverFrom(manager, sending, options)
    await reportWaiting(manager, waits)
    const underWay = new Set([...passed.map(({ row }) => row.id), ...inDoubt.map(({ id }) => id)])
    const waitsOf = new Map(waits.map(({ lane, until }) => [lane.channelId, new Date(until)]))
    const rest = lanes.filter(({ head }) => !head || !underWay.has(head.id))
    await freeLanes(
      manager,
      rest.map(({ channelId }) => ({ channelId, waitsUntil: waitsOf.get(channelId) ?? null })),
      lateMinutes,
    )
    const channelOf = new Map(lanes.map(({ channelId, channel }) => [channelId, channel]))
    const intents = passed.map((one) => ({
      ...one,
      channel: channelOf.get(one.row.channelId) ?? null,
    }))
    return { intents, inDoubt: inDoubt, ...seen }
  }

  private async takeOverFrom(
    manager: EntityManager,
    lanes: Claimed[],
    options: FenceOptions,
  ): Promise<LeftInDoubt[]> {
    const ids = lanes.flatMap(({ head }) => (head ? [head.id] : []))
    const ours = new Set(await takeOver(manager, ids, options))
    const taken = lanes.filter(({ head }) => head && ours.has(head.id))
    await leaseLanes(manager, taken, options)
    return taken.flatMap(({ head, network }) => (head ? [{ id: head.id, network }] : []))
  }

  /** What the quotas of the channels and the budgets of the apps let through. */
  private async withinBudgets(manager: EntityManager, due: Claimed[], at: Date) {
    const now = at.getTime()
    const waits: { lane: Claimed; until: number }[] = []
    const checks: Claimed[] = []
    const sends: Claimed[] = []
    for (const lane of due.filter(({ head }) => head && head.state !== 'sending')) {
      const isCheck = lane.head?.state === 'pending'
      const quotas = quotasOf(lane).filter((quota) => quota.countsAll || !isCheck)
      const until = blockedUntil(quotas, now)
      if (until !== null) waits.push({ lane, until })
      else if (isCheck) checks.push(lane)
      else sends.push(lane)
    }
    const granted = await takeFromAppBudgets(manager, sends, now)
    const go: { lane: Claimed; quotas?: Quota[] }[] = [
      ...checks.map((lane) => ({ lane, quotas: takeReads(quotasOf(lane), 1, now) })),
      ...granted.go.map((lane) => ({ lane, quotas: takeOne(quotasOf(lane), now) })),
    ]
    return { go, waits: [...waits, ...granted.wait] }
  }

  private async committed(wanted: PlannedAttempt[]): Promise<Intents> {
    const { manager } = this.dataSource
    const passed = await passedAlready(manager, wanted)
    const intents = await withChannels(manager, passed)
    return { intents, inDoubt: [], seen: 0, lastDueAt: null, now: new Date(0) }
  }
}

function quotasOf({ quotas, network }: Claimed): Quota[] {
  if (quotas.length > 0) return quotas
  const manifest = manifestOf(network)
  return manifest ? freshQuotas(manifest, 'channel') : []
}

/** Stores on the next publication of each waiting lane until when it waits, and for what. */
async function reportWaiting(manager: EntityManager, waits: { lane: Claimed; until: number }[]) {
  if (waits.length === 0) return
  await manager.query(
    `update publications p
     set next_attempt_at = w.until, reason = w.reason, revision = p.revision + 1
     from jsonb_to_recordset($1::jsonb) as w(id text, until timestamptz, reason jsonb)
     where p.id = w.id and p.state in ('planned', 'pending')`,
    [
      JSON.stringify(
        waits.map(({ lane, until }) => ({
          id: lane.head?.id,
          until: new Date(until),
          reason: reasons.waitsForQuota(lane.network),
        })),
      ),
    ],
  )
}

/** The channels of a batch, in one read. */
async function withChannels(manager: EntityManager, passed: Passed[]): Promise<Intent[]> {
  if (passed.length === 0) return []
  const raw = await manager.query<Record<string, unknown>[]>(
    'select * from channels where id = any($1)',
    [passed.map(({ row }) => row.channelId)],
  )
  const channelOf = new Map(rowsOf(manager, ChannelRow, raw).map((one) => [one.id, one]))
  return passed.map((one) => ({ ...one, channel: channelOf.get(one.row.channelId) ?? null }))
}
