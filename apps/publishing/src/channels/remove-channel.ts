import { Transactions, type Tx } from '@hamava/bus'
import { type CallContext, channelChanged } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { PublicationRow } from '../publications/publication.entity.ts'
import { recheckRisks } from '../publications/recheck-risks.ts'
import { acceptAsItIs } from '../publications/recoveries.ts'
import { type StateChange, transition } from '../publications/transition.ts'
import { reasons } from '../reasons.ts'
import { ChannelRow } from './channel.entity.ts'
import { ReadChannels } from './read-channels.ts'
import { RevocationRow } from './revocation.entity.ts'
import { RevokeAccess } from './revoke-access.ts'
import { toChannel } from './to-channel.ts'

@Injectable()
export class RemoveChannel {
  constructor(
    private readonly transactions: Transactions,
    private readonly channels: ReadChannels,
    private readonly revoking: RevokeAccess,
  ) {}

  /** Deletes the credentials and ends stuck publications. Throws `channel_in_use` while some are still to go out. */
  async remove(call: CallContext, id: string): Promise<{ id: string }> {
    await this.channels.row(call, id)
    return this.transactions.run(async (tx) => {
      const row = await tx.manager.findOneOrFail(ChannelRow, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      })
      // A concurrent plan for the channel either holds this lane lock already, or sees the channel removed.
      await tx.manager.query('select 1 from lanes where channel_id = $1 for update', [id])
      const count = await tx.manager.countBy(PublicationRow, {
        channelId: id,
        state: In(['planned', 'sending', 'pending']),
      })
      if (count > 0) throw new AppError('channel_in_use', { count: String(count) })
      const before = toChannel(row)
      await keepForRevocation(tx, row)
      await endPublications(tx, call, row)
      Object.assign(row, { removedAt: new Date(), credentials: '', version: row.version + 1 })
      await tx.manager.save(row)
      await recheckRisks(tx.manager, { workspaceId: call.workspaceId, channelId: id })
      tx.publish(channelChanged, call, { channelId: id, action: 'removed', before, after: null })
      tx.afterCommit(() => this.revoking.wake())
      return { id }
    })
  }
}

/** Queues the credentials so that they are revoked at the network too. */
async function keepForRevocation({ manager }: Tx, { id, network, credentials }: ChannelRow) {
  if (!connectorOf(network)?.connect.revoke) return
  await manager.upsert(
    RevocationRow,
    { channelId: id, network, credentials, tries: 0, nextAt: new Date() },
    ['channelId'],
  )
}

/** Ends publications that wait for a person, so that none goes out if the account is connected again. */
async function endPublications(tx: Tx, call: CallContext, { id, handle }: ChannelRow) {
  const stuck = await tx.manager.find(PublicationRow, {
    where: { channelId: id, state: In(['held', 'failed', 'missed', 'unconfirmed']) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  })
  const endOf = (row: PublicationRow): StateChange => {
    // A person still has to say whether it is live.
    if (row.state === 'unconfirmed')
      return { state: row.state, reason: reasons.unconfirmedOnRemoved(handle) }
    const isUp = row.liveParts.length > 0
    return { ...acceptAsItIs(row), ...(!isUp && { reason: reasons.endedWithChannel(handle) }) }
  }
  await transition(tx, stuck, endOf, call)
}
