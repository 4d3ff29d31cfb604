import { Transactions } from '@hamava/bus'
import type {
  CallContext,
  ParsedInputOf,
  Rescheduled,
  reschedulePublications,
} from '@hamava/contracts'
import { refuseTime } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { databaseNow } from '../database/database-now.ts'
import { Wakening } from '../dispatch/wakening.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { recheckRisks } from '../risks/recheck-risks.ts'
import { announce } from './announce.ts'
import { assertTransition, isChangeable } from './lifecycle.ts'
import { PublicationRow } from './publication.entity.ts'
import { isHidden, notFound } from './read-publications.ts'
import { setAside } from './set-aside.ts'

type Rescheduling = ParsedInputOf<typeof reschedulePublications>

/** Gives publications that were skipped or failed a new time, all at once, one after the other on each channel. */
@Injectable()
export class ReschedulePublications {
  constructor(
    private readonly transactions: Transactions,
    private readonly wakening: Wakening,
  ) {}

  /** Throws `not_found`, `schedule_in_past`, `schedule_too_far`. Says of each whether it was in time, and its time. */
  reschedule(call: CallContext, { publicationIds, ...when }: Rescheduling): Promise<Rescheduled> {
    return this.transactions.run(async (tx) => {
      const ids = [...new Set(publicationIds)]
      const where = { id: In(ids), workspaceId: call.workspaceId }
      const known = await tx.manager.findBy(PublicationRow, where)
      const missing = ids.find(
        (id) => !known.some((row) => row.id === id && !isHidden(call, row.channelId)),
      )
      if (missing) throw notFound(missing)
      const now = await databaseNow(tx.manager)
      const at = new Date(when.at)
      refuseTime(at, now)
      await wakeLanes(
        tx.manager,
        known.map((row) => ({ ...row, nextAttemptAt: at })),
      )
      const rows = await tx.manager.find(PublicationRow, {
        where,
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      })
      const answer: Rescheduled = { done: [], tooLate: [], times: [] }
      const before = new Map(rows.map((row) => [row.id, row.state]))
      const placed = inTurn(rows.filter(isChangeable), at, when.everySeconds * 1_000)
      for (const { dueAt } of placed) refuseTime(dueAt, now)
      for (const row of await tx.manager.save(placed)) {
        announce(tx, call, row, before.get(row.id) ?? null)
        await recheckRisks(tx.manager, { workspaceId: row.workspaceId, publicationId: row.id })
        answer.done.push(row.id)
        const { id: publicationId, state, revision } = row
        answer.times.push({ publicationId, state, revision, dueAt: row.dueAt.toISOString() })
      }
      for (const row of rows.filter((one) => !placed.includes(one))) {
        answer.tooLate.push({ publicationId: row.id, state: row.state })
      }
      tx.afterCommit(() => this.wakening.wakeAll())
      return answer
    })
  }
}

/**
 * A held one stays held until its hold is released; everything else is planned again. Each channel's
 * publications keep the order that they had.
 */
function inTurn(rows: PublicationRow[], at: Date, everyMs: number): PublicationRow[] {
  const byChannel = Map.groupBy(
    rows.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime()),
    (row) => row.channelId,
  )
  return [...byChannel.values()].flatMap((line) =>
    line.map((row, place) => {
      const dueAt = new Date(at.getTime() + place * everyMs)
      const state = row.state === 'held' ? 'held' : 'planned'
      assertTransition(row.state, state)
      return Object.assign(row, {
        state,
        dueAt,
        nextAttemptAt: dueAt,
        failures: 0,
        absentReads: 0,
        ...setAside(row),
        stuckSince: null,
        reason: state === 'held' ? row.reason : null,
      })
    }),
  )
}
