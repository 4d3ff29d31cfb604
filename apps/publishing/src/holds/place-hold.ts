import { Transactions } from '@hamava/bus'
import {
  type CallContext,
  type HoldResult,
  type HoldScope,
  holdChanged,
  type ParsedInputOf,
  type placeHold,
} from '@hamava/contracts'
import { AppError, newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { networkOf } from '../channels/connect-channel.ts'
import { ReadChannels } from '../channels/read-channels.ts'
import { databaseNow } from '../database/database-now.ts'
import { isInScope, isPreparing } from '../lanes/work.ts'
import { excerptOfSnapshot } from '../publications/excerpt-of-snapshot.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { recheckRisks } from '../publications/recheck-risks.ts'
import { HoldRow } from './hold.entity.ts'
import { takeHoldLock } from './hold-lock.ts'
import { columnsOf } from './hold-scope.ts'
import { mayHold } from './may-hold.ts'
import { toHold } from './to-hold.ts'

type OnItsWay = Omit<HoldResult['alreadySending'][number], 'excerpt'> & { snapshot: object }

/** The kill switch. */
@Injectable()
export class PlaceHold {
  constructor(
    private readonly transactions: Transactions,
    private readonly channels: ReadChannels,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Takes the hold lock exclusively: every intent either was committed before and is in the answer, or comes later and
   * sees the hold. Throws `hold_until_past`, `channel_forbidden`, `unknown_network`, `not_found`.
   */
  async place(call: CallContext, input: ParsedInputOf<typeof placeHold>): Promise<HoldResult> {
    mayHold(call, columnsOf(input.scope))
    await this.refuseUnknown(call, input.scope)
    const stops = await this.countPlanned(call, input.scope)
    return this.transactions.run(async (tx) => {
      await tx.manager.query(`select ${takeHoldLock}`)
      const now = await databaseNow(tx.manager)
      const until = input.until ? new Date(input.until) : null
      if (until && until <= now) throw new AppError('hold_until_past')
      const row = tx.manager.create(HoldRow, {
        id: newId('hold'),
        workspaceId: call.workspaceId,
        ...columnsOf(input.scope),
        reason: input.reason,
        until,
        placedBy: call.actor.memberId,
        placedAt: now,
        releasedAt: null,
      })
      await tx.manager.insert(HoldRow, row)
      const hold = toHold(row)
      tx.publish(holdChanged, call, { holdId: row.id, action: 'placed', before: null, after: hold })
      await recheckRisks(tx.manager, { workspaceId: call.workspaceId, ...columnsOf(input.scope) })
      const sending = await tx.manager.query<OnItsWay[]>(
        `select p.id as "publicationId", p.channel_id as "channelId", p.state, p.snapshot from publications p
         join holds h on h.id = $1
         where ${isInScope} and p.state in ('sending', 'pending') and not ${isPreparing}
         order by p.id`,
        [row.id],
      )
      const alreadySending = sending.map(({ snapshot, ...one }) => ({
        ...one,
        excerpt: excerptOfSnapshot(snapshot),
      }))
      return { hold, stops, alreadySending }
    })
  }

  /** A hold on an unknown channel or network would stop nothing. Campaigns are free text, so any name is accepted. */
  private async refuseUnknown(call: CallContext, scope: HoldScope): Promise<void> {
    if (scope.kind === 'channel') await this.channels.row(call, scope.channelId)
    if (scope.kind === 'network') networkOf(scope.network)
  }

  /** Counted before the hold lock is taken: while that is held, no publication of the installation leaves. */
  private async countPlanned({ workspaceId }: CallContext, scope: HoldScope): Promise<number> {
    const { channelId, network, campaignId } = columnsOf(scope)
    return this.dataSource.getRepository(PublicationRow).countBy({
      workspaceId,
      state: 'planned',
      ...(channelId && { channelId }),
      ...(network && { network }),
      ...(campaignId && { campaignId }),
    })
  }
}
