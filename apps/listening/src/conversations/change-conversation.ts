import type { Tx } from '@hamava/bus'
import { type BodyOf, type CallContext, conversationChanged } from '@hamava/contracts'
import { excerptOf } from '@hamava/service-kit'
import { ConversationRow } from './conversation.entity.ts'
import { MessageRow } from './message.entity.ts'
import { toConversation, toMessage } from './to-conversation.ts'

type Action = BodyOf<typeof conversationChanged>['action']

/**
 * Changes a locked conversation and tells of it. Every change is a new version; a message that is
 * given is part of the story, whether it came now or only changed.
 */
export async function changeConversation(
  tx: Tx,
  call: CallContext,
  row: ConversationRow,
  { action, change = {}, message }: Change,
): Promise<void> {
  const before = action === 'opened' ? null : toConversation(row)
  Object.assign(row, change, { version: row.version + 1 })
  await tx.manager.getRepository(ConversationRow).save(row)
  tx.publish(conversationChanged, call, {
    conversationId: row.id,
    action,
    before,
    after: toConversation(row),
    message: message ? toMessage(message) : null,
  })
}

interface Change {
  action: Action
  change?: Partial<ConversationRow>
  message?: MessageRow
}

/** What a new message changes in its conversation. */
export function countedIn(
  row: ConversationRow,
  { at, text }: MessageRow,
): Partial<ConversationRow> {
  const isNewest = row.messageCount === 0 || at >= row.lastMessageAt
  return {
    messageCount: row.messageCount + 1,
    ...(isNewest ? { lastMessageAt: at, excerpt: excerptOf(text) } : {}),
  }
}
