import { RequestClient, Transactions } from '@hamava/bus'
import {
  type CallContext,
  type dropAnswer,
  type Message,
  type ParsedInputOf,
  settlePublication,
} from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { changeConversation } from './change-conversation.ts'
import { lockConversation, visibleRow } from './lock-conversation.ts'
import { MessageRow } from './message.entity.ts'
import { showMessage } from './show-conversation.ts'

/** Gives up answers that did not go out: in publishing first, which alone knows whether that is so. */
@Injectable()
export class DropAnswer {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly requests: RequestClient,
  ) {}

  /** Throws `publication_state` when it is out, or may still go out; `from` narrows what may be given up. */
  async drop(
    call: CallContext,
    { id, messageId }: ParsedInputOf<typeof dropAnswer>,
    from?: Message['state'][],
  ): Promise<Message> {
    const { state, publicationId } = await findAnswer(this.dataSource.manager, call, id, messageId)
    if (from && !from.includes(state))
      throw new AppError('publication_state', { state, action: 'replaced' })
    if (!publicationId) throw new AppError('publication_state', { state, action: 'dropped' })
    // Given up already, by somebody whose answer to it was lost: it stays so.
    const dropped =
      state === 'cancelled'
        ? null
        : await this.requests.send(settlePublication, call, {
            id: publicationId,
            resolution: { action: 'accept_as_it_is' },
          })
    return this.transactions.run(async (tx) => {
      const row = await lockConversation(tx, call, id)
      const message = await tx.manager.findOneByOrFail(MessageRow, { id: messageId })
      if (!dropped || dropped.revision <= message.revision) return showMessage(message)
      const { revision, reason } = dropped
      Object.assign(message, { state: dropped.state, revision, reason })
      await tx.manager.save(message)
      await changeConversation(tx, call, row, { action: 'message_changed', message })
      return showMessage(message)
    })
  }
}

/** An answer of a conversation. Throws `not_found`. */
export async function findAnswer(
  manager: EntityManager,
  call: CallContext,
  id: string,
  messageId: string,
): Promise<MessageRow> {
  await visibleRow(manager, call, id)
  const message = await manager.findOneBy(MessageRow, {
    id: messageId,
    conversationId: id,
    direction: 'out',
  })
  if (!message) throw new AppError('not_found', { what: 'message', id: messageId })
  return message
}
