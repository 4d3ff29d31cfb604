import { Transactions } from '@hamava/bus'
import { type CallContext, channelChanged } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { PublicationRow } from '../publications/publication.entity.ts'
import { recheckRisks } from '../risks/recheck-risks.ts'
import { ChannelRow } from './channel.entity.ts'
import { ReadChannels } from './read-channels.ts'
import { showChannel } from './show-channel.ts'

@Injectable()
export class RemoveChannel {
  constructor(
    private readonly transactions: Transactions,
    private readonly channels: ReadChannels,
  ) {}

  /** Forgets the credentials; refused while something is still to go out there. */
  async remove(call: CallContext, id: string): Promise<{ id: string }> {
    await this.channels.row(call, id)
    return this.transactions.run(async (tx) => {
      const row = await tx.manager.findOneOrFail(ChannelRow, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      })
      const count = await tx.manager.countBy(PublicationRow, {
        channelId: id,
        state: In(['planned', 'sending', 'pending']),
      })
      if (count > 0) throw new AppError('channel_in_use', { count: String(count) })
      const before = showChannel(row)
      Object.assign(row, { removedAt: new Date(), credentials: '', version: row.version + 1 })
      await tx.manager.save(row)
      await recheckRisks(tx.manager, { workspaceId: call.workspaceId, channelId: id })
      tx.publish(channelChanged, call, { channelId: id, action: 'removed', before, after: null })
      return { id }
    })
  }
}
