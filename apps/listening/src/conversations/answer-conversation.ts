import { Transactions, type Tx } from '@hamava/bus'
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
import { DropAnswer, findAnswer, type GivenUp, recordGivenUp } from './drop-answer.ts'
import { lockConversation } from './lock-conversation.ts'
import { MessageRow } from './message.entity.ts'
import { storableText } from './storable.ts'
import { toMessage } from './to-conversation.ts'

/** Writes an answer; publishing carries it out like any other publication. */
@Injectable()
export class AnswerConversation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly dropping: DropAnswer,
  ) {}

  /**
   * Throws `cannot_answer` when no incoming message can be answered, `answer_not_ready` when the network would not take
   * the answer, and `publication_state` when the answer named by `replaces` may be out.
   */
  async answer(
    call: CallContext,
    { id, message: { text, replyTo, replaces } }: ParsedInputOf<typeof answerConversation>,
  ): Promise<Message> {
    const written: Written = { text: storableText(text), replyTo }
    const replaced = replaces ? await this.giveUp(call, id, replaces, written) : null
    return this.transactions.run(async (tx) => {
      const row = await lockConversation(tx, call, id)
      if (replaced) {
        await refuseReplaced(tx, replaced.answer)
        await recordGivenUp(tx, call, row, replaced.givenUp)
      }
      const target = await checked(tx.manager, row, replaced?.written ?? written)
      const message = answerOf(call, row, { ...written, replyTo: target.id, replaces })
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
      return toMessage(message)
    })
  }

  /**
   * Gives up an answer that another replaces; if the network would not take the new one, the old one stays as it was.
   */
  private async giveUp(
    call: CallContext,
    id: string,
    replaces: string,
    given: Written,
  ): Promise<Replaced> {
    const { manager } = this.dataSource
    const { row, answer } = await findAnswer(manager, call, id, replaces)
    const { state, reason } = answer
    if (!unsent.includes(state) || reason?.code === leftInDoubt)
      throw new AppError('publication_state', { state, action: 'replaced' })
    await refuseReplaced({ manager }, answer)
    const written = { ...given, ...aboutOf(answer, given) }
    await checked(manager, row, written)
    return { answer, written, givenUp: await this.dropping.giveUp(call, answer) }
  }
}

/** The answer that was given up, and the one written in its place, which answers the same message. */
interface Replaced {
  answer: MessageRow
  written: Written
  givenUp: GivenUp
}

/**
 * Unless `written` names a message, the new answer goes to that of the old one, or, where that was not kept yet, to the
 * newest message that had come in by then.
 */
const aboutOf = ({ replyTo, at }: MessageRow, written: Written): Partial<Written> =>
  written.replyTo || replyTo ? { replyTo: written.replyTo ?? replyTo ?? undefined } : { upTo: at }

/** Two members may replace the same answer at once: the first one wins. */
async function refuseReplaced(
  { manager }: Pick<Tx, 'manager'>,
  { id, conversationId }: MessageRow,
) {
  if (await manager.existsBy(MessageRow, { conversationId, replaces: id }))
    throw new AppError('publication_state', { state: 'cancelled', action: 'replaced' })
}

/** Publishing's reason code for a publication that somebody left in doubt: it may be out. */
const leftInDoubt = 'left_in_doubt'

/** The states of answers that may be replaced: certainly not out. */
const unsent: Message['state'][] = ['failed', 'missed', 'held', 'cancelled']

interface Written {
  text: string
  replyTo: string | undefined
  /** Messages that came in later are not answered. */
  upTo?: Date
}

/** The message that is answered, once it is clear that its network takes this answer. */
async function checked(manager: EntityManager, row: ConversationRow, written: Written) {
  const { text } = written
  const target = await messageToAnswer(manager, row, written)
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
  { replyTo, upTo }: Written,
): Promise<MessageRow> {
  const [target] = await manager
    .getRepository(MessageRow)
    .createQueryBuilder('m')
    .where('m.conversationId = :id', { id: row.id })
    .andWhere(
      replyTo ? 'm.id = :replyTo' : `m.direction = 'in' and m.ref->'value' <> 'null'::jsonb`,
      { replyTo },
    )
    .andWhere(upTo ? 'm.at <= :upTo' : 'true', { upTo })
    .orderBy('m.at', 'DESC')
    .addOrderBy('m.id', 'DESC')
    .limit(1)
    .getMany()
  if (replyTo && !target) throw new AppError('not_found', { what: 'message', id: replyTo })
  const ref = target?.direction === 'in' ? target.ref?.value : null
  if (!target || ref === null || ref === undefined) throw new AppError('cannot_answer')
  return target
}

function answerOf(
  call: CallContext,
  row: ConversationRow,
  {
    text,
    replyTo,
    replaces = null,
  }: { text: string; replyTo: string; replaces?: string | null | undefined },
) {
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
    replaces,
    reason: null,
    publicationId: newId('publication'),
    state: 'planned',
    revision: 0,
  } satisfies MessageRow)
}
