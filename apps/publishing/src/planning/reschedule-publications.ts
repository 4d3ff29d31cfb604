import { Transactions } from '@hamava/bus'
import type {
  CallContext,
  ParsedInputOf,
  Rescheduled,
  reschedulePublications,
} from '@hamava/contracts'
import { mayTouch, refuseTime } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { type EntityManager, In } from 'typeorm'
import { databaseNow } from '../database/database-now.ts'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { isChangeable } from '../publications/lifecycle.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { notFound } from '../publications/read-publications.ts'
import { recheckRisks } from '../publications/recheck-risks.ts'
import { setAside } from '../publications/set-aside.ts'
import { type StateChange, transition } from '../publications/transition.ts'

type Rescheduling = ParsedInputOf<typeof reschedulePublications>

/** Gives publications that were skipped or failed a new time, all at once, one after the other on each channel. */
@Injectable()
export class ReschedulePublications {
  constructor(
    private readonly transactions: Transactions,
    private readonly signal: DispatchSignal,
  ) {}

  /** Throws `not_found`, `schedule_in_past`, `schedule_too_far`. Says of each whether it was in time, and its time. */
  reschedule(call: CallContext, { publicationIds, ...when }: Rescheduling): Promise<Rescheduled> {
    return this.transactions.run(async (tx) => {
      const places = await placesOf(tx.manager, call, [...new Set(publicationIds)])
      const now = await databaseNow(tx.manager)
      const at = new Date(when.at)
      const timeOf = (place: number) => new Date(at.getTime() + place * when.everySeconds * 1_000)
      refuseTime(at, now)
      refuseTime(timeOf(Math.max(...places.map(({ place }) => place))), now)
      await wakeLanes(
        tx.manager,
        places.map((one) => ({ ...one, nextAttemptAt: at })),
      )
      const answer: Rescheduled = { done: [], tooLate: [], times: [] }
      for (const some of inChunks(places)) {
        const placeOf = new Map(some.map(({ id, place }) => [id, place]))
        const rows = await tx.manager.find(PublicationRow, {
          where: { id: In([...placeOf.keys()]) },
          order: { id: 'ASC' },
          lock: { mode: 'pessimistic_write' },
        })
        const moved = rows.filter(isChangeable)
        const move = (row: PublicationRow) => movedTo(row, timeOf(placeOf.get(row.id) ?? 0))
        for (const row of await transition(tx, moved, move, call)) {
          await recheckRisks(tx.manager, { workspaceId: row.workspaceId, publicationId: row.id })
          answer.done.push(row.id)
          const { id: publicationId, state, revision } = row
          answer.times.push({ publicationId, state, revision, dueAt: row.dueAt.toISOString() })
        }
        for (const row of rows.filter((one) => !moved.includes(one)))
          answer.tooLate.push({ publicationId: row.id, state: row.state })
      }
      tx.afterCommit(() => this.signal.signalAll())
      return answer
    })
  }
}

/** Rows in memory at a time: a row may be nearly a megabyte. */
const chunk = 20

/** In the order of their ids, as everybody locks them. */
function inChunks(places: Place[]): Place[][] {
  const inOrder = places.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return Array.from({ length: Math.ceil(inOrder.length / chunk) }, (_, at) =>
    inOrder.slice(at * chunk, (at + 1) * chunk),
  )
}

type Place = Pick<PublicationRow, 'id' | 'channelId' | 'workspaceId' | 'network'> & {
  /** How many publications of its channel go before it, as they keep their order. */
  place: number
}

/** Throws `not_found` when one of them is not there, or not the caller's. */
async function placesOf(
  manager: EntityManager,
  call: CallContext,
  ids: string[],
): Promise<Place[]> {
  const known = await manager.find(PublicationRow, {
    select: {
      id: true,
      channelId: true,
      workspaceId: true,
      network: true,
      dueAt: true,
      state: true,
      pendingState: true,
    },
    where: { id: In(ids), workspaceId: call.workspaceId },
  })
  const missing = ids.find(
    (id) => !known.some((row) => row.id === id && mayTouch(call, [row.channelId])),
  )
  if (missing) throw notFound(missing)
  const lines = Map.groupBy(
    known.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime()),
    (row) => row.channelId,
  )
  return [...lines.values()].flatMap((line) => {
    let place = 0
    return line.map((row) => ({ ...row, place: isChangeable(row) ? place++ : 0 }))
  })
}

/** A held one stays held until its hold is released; everything else is planned again. */
function movedTo(row: PublicationRow, dueAt: Date): StateChange {
  const state = row.state === 'held' ? 'held' : 'planned'
  return {
    state,
    dueAt,
    nextAttemptAt: dueAt,
    failures: 0,
    absentReads: 0,
    ...setAside(row),
    reason: state === 'held' ? row.reason : null,
  }
}
