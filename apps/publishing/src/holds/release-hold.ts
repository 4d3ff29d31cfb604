import { Transactions, type Tx } from '@hamava/bus'
import { type CallContext, holdChanged, type ReleaseResult } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import type { Config } from '../config.ts'
import { databaseNow } from '../database/database-now.ts'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { activeHold, isLate } from '../lanes/work.ts'
import { lateMinutesIn } from '../policy/late-minutes-in.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { recheckRisks } from '../publications/recheck-risks.ts'
import { transition } from '../publications/transition.ts'
import { reasons } from '../reasons.ts'
import { configToken } from '../tokens.ts'
import { HoldRow } from './hold.entity.ts'
import { mayHold, maySeeHold } from './may-hold.ts'
import { toHold } from './to-hold.ts'

const mostIds = 500

/** Ends a hold: publications that are not too late go on; the others are missed and need a new time. */
@Injectable()
export class ReleaseHold {
  constructor(
    private readonly transactions: Transactions,
    private readonly signal: DispatchSignal,
    @Inject(configToken) private readonly config: Config,
  ) {}

  /** Throws `not_found`, `hold_ended`. */
  release(call: CallContext, id: string): Promise<ReleaseResult> {
    return this.transactions.run((tx) => this.end(tx, call, id, 'released'))
  }

  async end(tx: Tx, call: CallContext, id: string, action: 'released' | 'ended') {
    const row = await tx.manager.findOne(HoldRow, {
      where: { id, workspaceId: call.workspaceId },
      lock: { mode: 'pessimistic_write' },
    })
    if (!row || !maySeeHold(call, row)) {
      throw new AppError('not_found', { what: 'hold', id })
    }
    mayHold(call, row)
    if (row.releasedAt) throw new AppError('hold_ended')
    const before = toHold(row)
    row.releasedAt = await databaseNow(tx.manager)
    await tx.manager.save(row)
    const hold = toHold(row)
    tx.publish(holdChanged, call, { holdId: id, action, before, after: hold })
    await recheckRisks(tx.manager, row)
    await this.wakeScope(tx, row)
    const { resumed, skipped } = await this.letGo(tx, call, id)
    tx.afterCommit(() => this.signal.signalAll())
    return {
      hold,
      resumed,
      skipped: skipped.length,
      skippedIds: skipped.slice(0, mostIds),
    }
  }

  /** Wakes the lanes of the hold's scope: publications that were not due during the hold are still `planned`. */
  private async wakeScope(tx: Tx, hold: HoldRow): Promise<void> {
    await tx.manager.query(
      `update lanes set next_at = greatest(clock_timestamp(), waits_until, lease_until)
       where channel_id in (
         select channel_id from lanes
         where workspace_id = $1 and ($2::text is null or channel_id = $2)
           and ($3::text is null or network = $3)
         order by channel_id for update)`,
      [hold.workspaceId, hold.channelId, hold.network],
    )
  }

  private async letGo(tx: Tx, call: CallContext, holdId: string) {
    const { LATE_MINUTES: normal } = this.config
    const rows = await tx.manager.find(PublicationRow, {
      where: { holdId, state: 'held' },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    })
    const facts = await tx.manager.query<{ id: string; late: boolean; other: string | null }[]>(
      `select p.id, ${isLate('$2')} as late,
         ${activeHold} as other
       from publications p where p.hold_id = $1 and p.state = 'held'`,
      [holdId, normal],
    )
    const minutesOf = await lateMinutesIn(tx.manager, [call.workspaceId], normal)
    const lateMinutes = minutesOf(call.workspaceId)
    const factOf = new Map(facts.map((fact) => [fact.id, fact]))
    const otherOf = ({ id }: PublicationRow) => factOf.get(id)?.other
    // Under another hold they stay as they are.
    const kept = rows.filter(otherOf)
    for (const row of kept) row.holdId = otherOf(row) ?? null
    await tx.manager.save(kept)
    const freed = await transition(
      tx,
      rows.filter((row) => !otherOf(row)),
      ({ id }) =>
        factOf.get(id)?.late
          ? { state: 'missed', reason: reasons.missed(lateMinutes) }
          : { state: 'planned', reason: null },
      call,
    )
    const skipped = freed.flatMap(({ id, state }) => (state === 'missed' ? [id] : []))
    return { resumed: freed.length - skipped.length, skipped }
  }
}
