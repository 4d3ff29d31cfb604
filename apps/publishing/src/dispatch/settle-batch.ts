import { Transactions, type Tx } from '@hamava/bus'
import { systemContext } from '@hamava/contracts'
import { Inject, Injectable, Logger } from '@nestjs/common'
import type { Config } from '../config.ts'
import { beginBatch } from '../database/begin-batch.ts'
import { rowsOf } from '../database/rows-of.ts'
import { type Ended, endAttempt } from '../evidence/end-attempt.ts'
import { type Freed, freeLanes } from '../lanes/free-lanes.ts'
import { LaneRow } from '../lanes/lane.entity.ts'
import { laneAfter } from '../lanes/lane-after.ts'
import { announce } from '../publications/announce.ts'
import type { AttemptRow } from '../publications/attempt.entity.ts'
import { assertTransition } from '../publications/lifecycle.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { configToken } from '../tokens.ts'
import { writeEnds } from './write-ends.ts'

/** What proves that a publication is still ours to change: the lease, and its latest attempt. */
export type Grip = Pick<AttemptRow, 'publicationId' | 'leaseOwner' | 'number'> & {
  channelId: string
}

/** Something to be written of one publication. */
export interface Item {
  grip: Grip
  /** Null when nothing was asked of the network. */
  ended: Ended | null
  /** What changes in the row; not called when the grip is lost: then the attempt is evidence and nothing else. */
  changeOf(row: PublicationRow, now: Date): Partial<PublicationRow>
}

/** What became of an item. */
export type Result = { kind: 'written' | 'late' } | { kind: 'refused'; error: unknown }

/** Writes many results in one transaction: rows, attempts, lanes and events together. */
@Injectable()
export class SettleBatch {
  private readonly logger = new Logger('settle')

  constructor(
    private readonly transactions: Transactions,
    @Inject(configToken) private readonly config: Config,
  ) {}

  /** The results are in the order of the items. Throws when nothing could be written. */
  async run(items: Item[]): Promise<Result[]> {
    return this.transactions.run((tx) => this.write(tx, items))
  }

  private async write(tx: Tx, items: Item[]): Promise<Result[]> {
    const now = await beginBatch(tx.manager)
    const lanes = await lockLanes(tx, items)
    const rows = await lockRows(tx, items)
    const open = await stillOpen(tx, items)
    const changed = new Set<PublicationRow>()
    const ended: AttemptRow[] = []
    const freed = new Map<string, Freed & { owner: string }>()
    const results = items.map((item): Result => {
      const row = rows.get(item.grip.publicationId)
      if (!row) return { kind: 'refused', error: new Error(`${item.grip.publicationId} is gone`) }
      try {
        const isOurs = holds(item.grip, row)
        const before = row.state
        const change = isOurs ? checked(item.changeOf(row, now), row) : null
        if (item.ended && open.delete(item.ended.attempt.id))
          ended.push(endAttempt(row, item.ended, now))
        if (!change) return this.late(item.grip)
        Object.assign(row, change, { leaseOwner: null, leaseUntil: null })
        row.revision += 1
        changed.add(row)
        const lane = lanes.get(row.channelId)
        freed.set(row.channelId, {
          owner: item.grip.leaseOwner,
          ...laneAfter(lane, row, item.ended, now),
        })
        if (row.state !== before) {
          announce(tx, systemContext(row.workspaceId, 'publishing'), row, before)
        }
        return { kind: 'written' }
      } catch (error) {
        return { kind: 'refused', error }
      }
    })
    await writeEnds(tx.manager, [...rows.values()], changed, ended)
    for (const [owner, of] of Map.groupBy(freed.values(), (one) => one.owner)) {
      await freeLanes(tx.manager, of, this.config.LATE_MINUTES, owner)
    }
    return results
  }

  private late({ publicationId, number }: Grip): Result {
    this.logger.warn(`${publicationId}: attempt ${number} ended late: evidence, nothing else`)
    return { kind: 'late' }
  }
}

const holds = (grip: Grip, row: PublicationRow) =>
  row.leaseOwner === grip.leaseOwner && row.attemptCount === grip.number && row.state === 'sending'

function checked(change: Partial<PublicationRow>, row: PublicationRow) {
  assertTransition(row.state, change.state ?? row.state)
  return change
}

/** A result whose commit was not answered comes again: its attempt has ended already. */
async function stillOpen(tx: Tx, items: Item[]): Promise<Set<string>> {
  const rows = await tx.manager.query<{ id: string }[]>(
    'select id from attempts where id = any($1) and finished_at is null',
    [items.flatMap(({ ended }) => (ended ? [ended.attempt.id] : []))],
  )
  return new Set(rows.map((row) => row.id))
}

/** Lanes come before publications, as everywhere. */
async function lockLanes({ manager }: Tx, items: Item[]): Promise<Map<string, LaneRow>> {
  const raw = await manager.query<Record<string, unknown>[]>(
    'select * from lanes where channel_id = any($1) order by channel_id for update',
    [[...new Set(items.map(({ grip }) => grip.channelId))]],
  )
  return new Map(rowsOf(manager, LaneRow, raw).map((lane) => [lane.channelId, lane]))
}

async function lockRows({ manager }: Tx, items: Item[]): Promise<Map<string, PublicationRow>> {
  const raw = await manager.query<Record<string, unknown>[]>(
    'select * from publications where id = any($1) order by id for update',
    [[...new Set(items.map(({ grip }) => grip.publicationId))]],
  )
  return new Map(rowsOf(manager, PublicationRow, raw).map((row) => [row.id, row]))
}
