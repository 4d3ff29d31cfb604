import type { EventContext, SharedTx, Tx } from '@hamava/bus'
import type { CallContext, PublicationState, Reason } from '@hamava/contracts'
import { changeConversation } from '../conversations/change-conversation.ts'
import { ConversationRow } from '../conversations/conversation.entity.ts'
import { MessageRow } from '../conversations/message.entity.ts'

/** What an event of publishing tells of an answer. An event without a revision is final. */
export interface AnswerProgress extends Pick<EventContext, 'tx' | 'call'> {
  publicationId: string
  state: PublicationState
  revision: number | null
  remoteId: string | null
  permalink: string | null
  /** Why it is not out. */
  reason: Reason | null
}

/**
 * Stores the progress of answers. Events older than the stored revision change nothing, and published answers stay
 * published.
 */
export async function projectAnswers({ manager }: SharedTx, all: AnswerProgress[]): Promise<void> {
  if (all.length === 0) return
  // In the order of their ids, or two transactions that do this could deadlock.
  await manager.query(
    `select 1 from conversations
     where id in (select conversation_id from messages where publication_id = any($1))
     order by id for update`,
    [all.map(({ publicationId }) => publicationId)],
  )
  for (const news of all) await projectAnswer(news)
}

async function projectAnswer({ tx, call, ...news }: AnswerProgress): Promise<void> {
  const { publicationId } = news
  const found = await tx.manager.findOneBy(MessageRow, { publicationId })
  if (!found) return
  const row = await tx.manager.findOneOrFail(ConversationRow, {
    where: { id: found.conversationId },
    lock: { mode: 'pessimistic_write' },
  })
  // Read again under the lock: the network may have shown it to us meanwhile.
  const message = await tx.manager.findOneByOrFail(MessageRow, { publicationId })
  const isNew = news.revision === null || news.revision > message.revision
  const isKnown =
    message.state === 'published' && message.remoteId === (news.remoteId ?? message.remoteId)
  if (!isNew || isKnown) return
  const { state, remoteId } = news
  const isVisible =
    state !== message.state ||
    news.reason?.code !== message.reason?.code ||
    (remoteId ?? message.remoteId) !== message.remoteId
  const doubled = remoteId ? await takeRemoteId(tx, call, message, remoteId) : 0
  Object.assign(message, {
    state,
    reason: news.reason,
    revision: news.revision ?? message.revision,
    ...(remoteId ? { remoteId, permalink: news.permalink ?? message.permalink } : {}),
  })
  await tx.manager.save(message)
  const change = { messageCount: row.messageCount - doubled }
  if (isVisible)
    await changeConversation(tx, call, row, { action: 'message_changed', change, message })
}

/**
 * Frees the network's id for the answer that it belongs to. The message that holds it is either the same answer, stored
 * by a reading that could not know it yet (then that message is deleted), or another answer of the same text that was
 * taken for this one (then that one waits for its own id). Returns how many messages were deleted from the answer's own
 * conversation.
 */
async function takeRemoteId(tx: Tx, call: CallContext, answer: MessageRow, remoteId: string) {
  const { id, channelId, conversationId } = answer
  const holder = await tx.manager.findOneBy(MessageRow, { channelId, remoteId })
  if (!holder || holder.id === id) return 0
  if (holder.publicationId) {
    await tx.manager.update(MessageRow, holder.id, { remoteId: null, permalink: null })
    return 0
  }
  await tx.manager.delete(MessageRow, holder.id)
  if (holder.conversationId === conversationId) return 1
  const other = await tx.manager.findOneOrFail(ConversationRow, {
    where: { id: holder.conversationId },
    lock: { mode: 'pessimistic_write' },
  })
  const change = { messageCount: other.messageCount - 1 }
  await changeConversation(tx, call, other, { action: 'message_changed', change })
  return 0
}
