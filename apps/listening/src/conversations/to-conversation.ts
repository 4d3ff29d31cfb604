import type { Conversation, Message } from '@hamava/contracts'
import type { ConversationRow } from './conversation.entity.ts'
import type { MessageRow } from './message.entity.ts'

/** A row as others see it. */
export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    channelId: row.channelId,
    network: row.network,
    kind: row.kind,
    with: row.person,
    postId: row.postId,
    publicationId: row.publicationId,
    state: row.state,
    excerpt: row.excerpt,
    messageCount: row.messageCount,
    lastMessageAt: row.lastMessageAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    version: row.version,
  }
}

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    direction: row.direction,
    author: row.author,
    memberId: row.memberId,
    text: row.text,
    at: row.at.toISOString(),
    remoteId: row.remoteId,
    permalink: row.permalink,
    publicationId: row.publicationId,
    state: row.state,
    reason: row.reason,
  }
}
