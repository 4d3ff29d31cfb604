import { Transactions } from '@hamava/bus'
import {
  type CallContext,
  channelChanged,
  type ParsedInputOf,
  type reportReading,
} from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { IsNull } from 'typeorm'
import { ChannelRow } from './channel.entity.ts'
import { toChannel } from './to-channel.ts'

/** Stores on the channel whether its messages can be read, so that people see it wherever channels are shown. */
@Injectable()
export class RecordReading {
  constructor(private readonly transactions: Transactions) {}

  note(
    call: CallContext,
    { id, unreadable }: ParsedInputOf<typeof reportReading>,
  ): Promise<Record<string, never>> {
    return this.transactions.run(async (tx) => {
      const row = await tx.manager.findOne(ChannelRow, {
        where: { id, workspaceId: call.workspaceId, removedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      })
      if (!row || row.unreadable?.reason.code === unreadable?.reason.code) return {}
      const before = toChannel(row)
      Object.assign(row, { unreadable, version: row.version + 1 })
      const after = toChannel(await tx.manager.save(row))
      tx.publish(channelChanged, call, { channelId: id, action: 'changed', before, after })
      return {}
    })
  }
}
