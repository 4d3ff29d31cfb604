import { Transactions } from '@hamava/bus'
import {
  type answerConversation,
  type CallContext,
  type Message,
  messageSubmitted,
  type ParsedInputOf,
} from '@hamava/contracts'
import { checkAnswer, connectorOf, type Json } from '@hamava/networks'
import { AppError, newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { SourceRow } from '../sources/source.entity.ts'
import { changeConversation, countedIn } from './change-conversation.ts'
import type { ConversationRow } from './conversation.entity.ts'
import { DropAnswer, findAnswer, type GivenUp, noteGivenUp } from './drop-answer.ts'
import { lockConversation, visibleRow } from './lock-conversation.ts'
import { MessageRow } from './message.entity.ts'
import { showMessage } from './show-conversation.ts'
import { storableText } from './storable.ts'

/** Writes an answer; publishing carries it out like any other publication. */
@Injectable()
export class AnswerConversation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly dropping: DropAnswer,
  ) {}

  /**
   * Throws `cannot_answer` when nothing that came in can be pointed at, `answer_not_ready` when the network would not take
   * it, and `publication_state` when the answer that it shall replace may be out.
   */
  async answer(
    call: CallContext,
    { id, message: { text, replyTo, replaces } }: ParsedInputOf<typeof answerConversation>,
  ): Promise<Message> {
    const written = { text: storableText(text), replyTo }
    const givenUp = replaces && (await this.giveUp(call, id, replaces, written))
    return this.transactions.run(async (tx) => {
      const row = await lockConversation(tx, call, id)
      if (givenUp) await noteGivenUp(tx, call, row, givenUp)
      const target = await checked(tx.manager, row, written)
      const message = answerOf(call, row, written.text, target.id)
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
        ref: target.ref?.value,
        dueAt: message.at.toISOString(),
      })
      return showMessage(message)
    })
  }

  /** Gives up an answer for one that takes its place, and answers the same; what would not be taken leaves it as it was. */
  private async giveUp(
    call: CallContext,
    id: string,
    replaces: string,
    written: Written,
  ): Promise<GivenUp> {
    const { manager } = this.dataSource
    const replaced = await findAnswer(manager, call, id, replaces)
    const { state, replyTo } = replaced
    if (!unsent.includes(state))
      throw new AppError('publication_state', { state, action: 'replaced' })
    written.replyTo ??= replyTo ?? undefined
    await checked(manager, await visibleRow(manager, call, id), written)
    return this.dropping.giveUp(call, replaced)
  }
}

/** What may be replaced: it is not out, and nobody is in doubt of it. */
const unsent: Message['state'][] = ['failed', 'missed', 'held', 'cancelled']

interface Written {
  text: string
  replyTo: string | undefined
}

/** The message that is answered, once it is clear that its network takes this answer. */
async function checked(manager: EntityManager, row: ConversationRow, { text, replyTo }: Written) {
  const target = await messageToAnswer(manager, row, replyTo)
  const answer = { ref: target.ref?.value as Json, text }
  const sent = connectorOf(row.network)?.listen?.composed?.(answer) ?? text
  const source = await manager.findOneBy(SourceRow, { channelId: row.channelId })
  const wrong = checkAnswer(sent, row.network, source?.limits ?? {})
  if (!wrong) return target
  const added = sent.endsWith(text) ? sent.slice(0, sent.length - text.length).trim() : ''
  throw new AppError('answer_not_ready', {
    detailEn: added ? `${wrong.en} “${added}” is put before it and counts.` : wrong.en,
    detailFa: added
      ? `${wrong.fa} «\u2066${added}\u2069» پیش از آن می‌آید و شمرده می‌شود.`
      : wrong.fa,
  })
}

/** The message that is answered: the one named, else the newest that came in and can be answered. */
async function messageToAnswer(
  manager: EntityManager,
  row: ConversationRow,
  replyTo?: string,
): Promise<MessageRow> {
  const [target] = await manager
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
  if (!target || ref === null || ref === undefined) throw new AppError('cannot_answer')
  return target
}

function answerOf(call: CallContext, row: ConversationRow, text: string, replyTo: string) {
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
    replyTo,
    reason: null,
    publicationId: newId('publication'),
    state: 'planned',
    revision: 0,
  } satisfies MessageRow)
}
