import { Transactions, type Tx } from '@hamava/bus'
import {
  type answerConversation,
  type CallContext,
  type Message,
  messageSubmitted,
  type ParsedInputOf,
} from '@hamava/contracts'
import { AppError, newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { changeConversation, countedIn } from './change-conversation.ts'
import type { ConversationRow } from './conversation.entity.ts'
import { lockConversation } from './lock-conversation.ts'
import { MessageRow } from './message.entity.ts'
import { showMessage } from './show-conversation.ts'
import { storableText } from './storable.ts'

/** Writes an answer; publishing carries it out like any other publication. */
@Injectable()
export class AnswerConversation {
  constructor(private readonly transactions: Transactions) {}

  /** Throws `cannot_answer` when nothing that came in can be pointed at. */
  answer(
    call: CallContext,
    { id, message: { text, replyTo } }: ParsedInputOf<typeof answerConversation>,
  ): Promise<Message> {
    return this.transactions.run(async (tx) => {
      const row = await lockConversation(tx, call, id)
      const ref = await refToAnswer(tx, row, replyTo)
      const message = answerOf(call, row, storableText(text))
      await changeConversation(tx, call, row, {
        action: 'message_submitted',
        change: countedIn(row, message),
        message,
      })
      await tx.manager.insert(MessageRow, message as object)
      tx.publish(messageSubmitted, call, {
        messageId: message.id,
        conversationId: row.id,
        publicationId: message.publicationId,
        channelId: row.channelId,
        text: message.text,
        ref,
        dueAt: message.at.toISOString(),
      })
      return showMessage(message)
    })
  }
}

/** The message that is answered: the one named, else the newest that came in and can be answered. */
async function refToAnswer(tx: Tx, row: ConversationRow, replyTo?: string): Promise<unknown> {
  const [target] = await tx.manager
    .getRepository(MessageRow)
    .createQueryBuilder('m')
    .where('m.conversationId = :id', { id: row.id })
    .andWhere(
      replyTo ? 'm.id = :replyTo' : `m.direction = 'in' and m.ref->'value' <> 'null'::jsonb`,
      { replyTo },
    )
    .orderBy('m.at', 'DESC')
    .addOrderBy('m.id', 'DESC')
    .limit(1)
    .getMany()
  if (replyTo && !target) throw new AppError('not_found', { what: 'message', id: replyTo })
  const ref = target?.direction === 'in' ? target.ref?.value : null
  if (ref === null || ref === undefined) throw new AppError('cannot_answer')
  return ref
}

function answerOf(call: CallContext, row: ConversationRow, text: string) {
  return Object.assign(new MessageRow(), {
    id: newId('message'),
    conversationId: row.id,
    channelId: row.channelId,
    direction: 'out',
    author: null,
    memberId: call.actor.memberId,
    text,
    at: new Date(),
    remoteId: null,
    permalink: null,
    ref: null,
    publicationId: newId('publication'),
    state: 'planned',
    revision: 0,
  } satisfies MessageRow)
}
