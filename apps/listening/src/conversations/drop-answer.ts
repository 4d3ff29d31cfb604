import { RequestClient, Transactions, type Tx } from '@hamava/bus'
import {
  type CallContext,
  type dropAnswer,
  type Message,
  type ParsedInputOf,
  type Publication,
  resolvePublication,
} from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { changeConversation } from './change-conversation.ts'
import type { ConversationRow } from './conversation.entity.ts'
import { lockConversation, visibleRow } from './lock-conversation.ts'
import { MessageRow } from './message.entity.ts'
import { toMessage } from './to-conversation.ts'

/** An answer that was given up, and what publishing says of it; null when it was given up before. */
export interface GivenUp {
  messageId: string
  publication: Publication | null
}

/** Gives up answers that did not go out: in publishing first, which alone knows whether that is so. */
@Injectable()
export class DropAnswer {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly requests: RequestClient,
  ) {}

  async drop(
    call: CallContext,
    { id, messageId }: ParsedInputOf<typeof dropAnswer>,
  ): Promise<Message> {
    const { answer } = await findAnswer(this.dataSource.manager, call, id, messageId)
    const givenUp = await this.giveUp(call, answer)
    return this.transactions.run(async (tx) => {
      const row = await lockConversation(tx, call, id)
      return toMessage(await recordGivenUp(tx, call, row, givenUp))
    })
  }

  /**
   * Throws `publication_state` when the answer is out, or may still go out. An answer that somebody has given up
   * already, unknown to this caller, stays given up.
   */
  async giveUp(call: CallContext, { id, state, publicationId }: MessageRow): Promise<GivenUp> {
    if (state === 'cancelled') return { messageId: id, publication: null }
    if (!publicationId) throw new AppError('publication_state', { state, action: 'dropped' })
    const publication = await this.requests.send(resolvePublication, call, {
      id: publicationId,
      resolution: { action: 'give_up' },
    })
    return { messageId: id, publication }
  }
}

/** Records in a locked conversation that an answer was given up. */
export async function recordGivenUp(
  tx: Tx,
  call: CallContext,
  row: ConversationRow,
  { messageId, publication }: GivenUp,
): Promise<MessageRow> {
  const message = await tx.manager.findOneByOrFail(MessageRow, { id: messageId })
  if (!publication || publication.revision <= message.revision) return message
  const { state, revision, reason } = publication
  Object.assign(message, { state, revision, reason })
  await tx.manager.save(message)
  await changeConversation(tx, call, row, { action: 'message_changed', message })
  return message
}

/** An answer, with its conversation. Throws `not_found`. */
export async function findAnswer(
  manager: EntityManager,
  call: CallContext,
  id: string,
  messageId: string,
): Promise<{ row: ConversationRow; answer: MessageRow }> {
  const row = await visibleRow(manager, call, id)
  const answer = await manager.findOneBy(MessageRow, {
    id: messageId,
    conversationId: id,
    direction: 'out',
  })
  if (!answer) throw new AppError('not_found', { what: 'message', id: messageId })
  return { row, answer }
}
