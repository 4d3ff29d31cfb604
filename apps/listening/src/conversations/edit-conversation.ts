import { Transactions } from '@hamava/bus'
import type { CallContext, Conversation, editConversation, ParsedInputOf } from '@hamava/contracts'
import { expectVersion } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { changeConversation } from './change-conversation.ts'
import { lockConversation } from './lock-conversation.ts'
import { toConversation } from './to-conversation.ts'

@Injectable()
export class EditConversation {
  constructor(private readonly transactions: Transactions) {}

  /** Throws `stale` when something was written in the meantime: who says "done" has read it all. */
  edit(
    call: CallContext,
    { id, versions, changes }: ParsedInputOf<typeof editConversation>,
  ): Promise<Conversation> {
    return this.transactions.run(async (tx) => {
      const row = await lockConversation(tx, call, id)
      expectVersion(versions, row.version)
      if (row.state !== changes.state)
        await changeConversation(tx, call, row, { action: 'edited', change: changes })
      return toConversation(row)
    })
  }
}
