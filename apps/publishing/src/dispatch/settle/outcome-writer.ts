import { Transactions, type Tx } from '@hamava/bus'
import { systemContext } from '@hamava/contracts'
import { prepared } from '@hamava/service-kit'
import { Inject, Injectable, Logger } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import type { Config } from '../../config.ts'
import { rowsOf } from '../../database/rows-of.ts'
import { type FinishedAttempt, finishAttempt } from '../../evidence/end-attempt.ts'
import type { LaneRow } from '../../lanes/lane.entity.ts'
import { laneAfter } from '../../lanes/lane-after.ts'
import { announce } from '../../publications/announce.ts'
import type { AttemptRow } from '../../publications/attempt.entity.ts'
import { assertTransition } from '../../publications/lifecycle.ts'
import { PublicationRow } from '../../publications/publication.entity.ts'
import { configToken } from '../../tokens.ts'
import { discardUploadsOf } from '../../uploads/queue-discards.ts'
import { type FreedAfter, writeOutcomes } from './write-outcomes.ts'

/** What proves that a publication is still ours to change: the lease, and its latest attempt. */
export type LeaseToken = Pick<AttemptRow, 'publicationId' | 'leaseOwner' | 'number'> & {
  channelId: string
}

/** What changes in a row that is still ours, at a time by the database's clock. */
export type RowChange = (now: Date) => Partial<PublicationRow>

/** Something to be written of one publication. */
export interface OutcomeWrite {
  lease: LeaseToken
  /** Null when nothing was asked of the network. */
  finished: FinishedAttempt | null
  /** What changes in the row; not called when the lease is lost: then the attempt is evidence and nothing else. */
  changeOf(row: PublicationRow, now: Date): Partial<PublicationRow>
}

/** What became of an item. */
export type WriteResult = { kind: 'written' | 'late' } | { kind: 'refused'; error: unknown }

/** Writes many results in one transaction: rows, attempts, lanes and events together. */
@Injectable()
export class OutcomeWriter {
  private readonly logger = new Logger('settle')

  constructor(
    private readonly transactions: Transactions,
    @Inject(configToken) private readonly config: Config,
  ) {}

  /** The results are in the order of the items. Throws when nothing could be written. */
  async run(items: OutcomeWrite[]): Promise<WriteResult[]> {
    return this.transactions.run((tx) => this.write(tx, items))
  }

  private async write(tx: Tx, items: OutcomeWrite[]): Promise<WriteResult[]> {
    const { now, locked } = await lockAll(tx.manager, items)
    const late = items.filter(
      ({ lease }) => !isLeaseValid(lease, locked.get(lease.publicationId)?.row),
    )
    const open = await stillOpen(tx.manager, late)
    const changed = new Set<PublicationRow>()
    const ended: AttemptRow[] = []
    const freed = new Map<string, FreedAfter>()
    const failed: PublicationRow[] = []
    const results = items.map((item): WriteResult => {
      const { row, lane } = locked.get(item.lease.publicationId) ?? {}
      if (!row) return { kind: 'refused', error: new Error(`${item.lease.publicationId} is gone`) }
      try {
        const isOurs = isLeaseValid(item.lease, row)
        const before = row.state
        const change = isOurs ? checked(item.changeOf(row, now), row) : null
        if (item.finished && (isOurs || open.delete(item.finished.attempt.id)))
          ended.push(finishAttempt(row, item.finished, now))
        if (!change) return this.late(item.lease)
        if (change.state === 'failed') failed.push({ ...row })
        Object.assign(row, change, { leaseOwner: null, leaseUntil: null })
        row.revision += 1
        changed.add(row)
        freed.set(row.channelId, {
          ...laneAfter(lane, row, item.finished, now),
          owner: item.lease.leaseOwner,
          ownNextAt: waits(row) ? row.nextAttemptAt : null,
          thread: change.part !== undefined && row.state === 'planned' ? row.id : null,
        })
        if (row.state !== before) {
          announce(tx, systemContext(row.workspaceId, 'publishing'), row, before)
        }
        return { kind: 'written' }
      } catch (error) {
        return { kind: 'refused', error }
      }
    })
    await discardUploadsOf(tx.manager, failed)
    const rows = [...locked.values()].map(({ row }) => row)
    const lanes = [...freed.values()]
    await writeOutcomes(
      tx.manager,
      { rows, changed, finished: ended, lanes },
      this.config.LATE_MINUTES,
    )
    return results
  }

  private late({ publicationId, number }: LeaseToken): WriteResult {
    this.logger.warn(`${publicationId}: attempt ${number} ended late: evidence, nothing else`)
    return { kind: 'late' }
  }
}

const isLeaseValid = (lease: LeaseToken, row: PublicationRow | undefined) =>
  row?.leaseOwner === lease.leaseOwner &&
  row.attemptCount === lease.number &&
  row.state === 'sending'

const waits = ({ state }: PublicationRow) => ['planned', 'sending', 'pending'].includes(state)

function checked(change: Partial<PublicationRow>, row: PublicationRow) {
  assertTransition(row.state, change.state ?? row.state)
  return change
}

/** Ids of late attempts not yet ended: a result whose commit was not answered comes twice, and the first ended it. */
async function stillOpen(manager: EntityManager, late: OutcomeWrite[]): Promise<Set<string>> {
  const ids = late.flatMap(({ finished }) => (finished ? [finished.attempt.id] : []))
  if (ids.length === 0) return new Set()
  const rows = await manager.query<{ id: string }[]>(
    'select id from attempts where id = any($1) and finished_at is null',
    [ids],
  )
  return new Set(rows.map((row) => row.id))
}

type Lane = Pick<LaneRow, 'quotas' | 'trouble'>
type Lanes = Record<string, Lane>

interface LockedRow {
  row: PublicationRow
  lane: Lane | undefined
}

/** Locks and reads all that is to be changed, in one go. Lanes come before publications, as everywhere. */
async function lockAll(
  manager: EntityManager,
  items: OutcomeWrite[],
): Promise<{ now: Date; locked: Map<string, LockedRow> }> {
  const raw = await prepared<Record<string, unknown> & { now: Date; lanes: Lanes | null }>(
    manager,
    `with lane as materialized (
       select channel_id, quotas, trouble from lanes where channel_id = any($1) order by channel_id for update
     ), locked as materialized (
       select * from publications where id = any($2) and (select count(*) from lane) >= 0
       order by id for update)
     -- The first row brings all lanes along: to join two sets that have no index takes the square of their size.
     select locked.*, clock_timestamp() as now, case when row_number() over () = 1 then (
       select jsonb_object_agg(channel_id, jsonb_build_object('quotas', quotas, 'trouble', trouble)) from lane
     ) end as lanes
     from locked`,
    [
      [...new Set(items.map(({ lease }) => lease.channelId))],
      [...new Set(items.map(({ lease }) => lease.publicationId))],
    ],
  )
  const lanes = raw[0]?.lanes ?? {}
  const locked = new Map(
    rowsOf(manager, PublicationRow, raw).map((row): [string, LockedRow] => [
      row.id,
      { row, lane: lanes[row.channelId] },
    ]),
  )
  return { now: raw[0]?.now ?? new Date(), locked }
}
