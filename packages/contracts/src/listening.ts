import { z } from 'zod'
import { event, request } from './define.ts'
import { channelId, conversationId, messageId, postId, publicationId, workspaceId } from './ids.ts'
import { instant, pageOf, pageQuery, versionsRead } from './page.ts'
import { publicationState } from './publication-state.ts'
import { reason } from './reason.ts'

export const conversationKind = z.enum(['comment', 'mention', 'direct'])

const person = z.object({ remoteId: z.string(), handle: z.string(), name: z.string() })

/** A thread with people: comments under a post, a mention, or private messages. */
export const conversation = z
  .object({
    id: conversationId,
    workspaceId,
    channelId,
    network: z.string(),
    kind: conversationKind,
    /** Who wrote first. */
    with: person,
    /** The post of ours it is about, when it is known. */
    postId: postId.nullable(),
    publicationId: publicationId.nullable(),
    state: z.enum(['open', 'done']),
    excerpt: z.string(),
    messageCount: z.int(),
    lastMessageAt: instant,
    createdAt: instant,
    version: z.int(),
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof conversation>

export const message = z
  .object({
    id: messageId,
    conversationId,
    direction: z.enum(['in', 'out']),
    author: person.nullable(),
    /** The member who wrote an answer. */
    memberId: z.string().nullable(),
    text: z.string(),
    at: instant,
    remoteId: z.string().nullable(),
    permalink: z.string().nullable(),
    /** The publication that carries an answer to the network, and how far it is. */
    publicationId: publicationId.nullable(),
    state: publicationState.or(z.literal('received')),
    /** Why an answer is not out, where it is not. Missing in events from before it was told. */
    reason: reason.nullable().default(null),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof message>

export const conversationDetail = conversation
  .extend({ messages: z.array(message) })
  .meta({ id: 'ConversationDetail' })

export const messageInput = z
  .strictObject({
    text: z.string().trim().min(1).max(10_000),
    /** The message to answer; the newest that came in, when absent. */
    replyTo: messageId.optional(),
    /** An answer that did not go out, and that this one takes the place of. It answers the same message. */
    replaces: messageId.optional(),
  })
  .meta({ id: 'MessageInput', examples: [{ text: 'سپاس از پیام شما!' }] })

export const conversationEdit = z
  .strictObject({ state: z.enum(['open', 'done']) })
  .meta({ id: 'ConversationEdit', examples: [{ state: 'done' }] })

const one = z.object({ id: conversationId })

export const listConversations = request(
  'listening.conversation.list',
  pageQuery.extend({
    state: z.enum(['open', 'done']).optional(),
    channelId: channelId.optional(),
    kind: conversationKind.optional(),
  }),
  pageOf(conversation),
)
export const getConversation = request('listening.conversation.get', one, conversationDetail)
export const editConversation = request(
  'listening.conversation.edit',
  one.extend({ versions: versionsRead, changes: conversationEdit }),
  conversation,
)
export const answerConversation = request(
  'listening.conversation.answer',
  one.extend({ message: messageInput }),
  message,
)
/** Gives up an answer that did not go out; it stays in the conversation as cancelled. */
export const dropAnswer = request(
  'listening.conversation.drop-answer',
  one.extend({ messageId }),
  message,
)
/** What a network sent to a channel's webhook, byte for byte (base64), for its connector to verify. */
export const receiveWebhook = request(
  'listening.webhook.receive',
  z.object({
    token: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.base64(),
  }),
  z.object({ accepted: z.int() }),
)

export const conversationChanged = event(
  'listening.conversation.changed.v1',
  z.object({
    conversationId,
    action: z.enum([
      'opened',
      'edited',
      'message_received',
      'message_submitted',
      'message_changed',
    ]),
    before: conversation.nullable(),
    after: conversation,
    message: message.nullable(),
  }),
)
/** Somebody answered: publishing carries it out as a publication of kind `message`. */
export const messageSubmitted = event(
  'listening.message.submitted.v1',
  z.object({
    messageId,
    conversationId,
    publicationId,
    channelId,
    text: z.string(),
    /** What the connector needs to point at the message that is answered. */
    ref: z.unknown(),
    dueAt: instant,
  }),
)
