import type { Tx } from '@hamava/bus'
import { type CallContext, systemContext } from '@hamava/contracts'
import type { Incoming } from '@hamava/networks'
import { newId } from '@hamava/service-kit'
import { In } from 'typeorm'
import { KnownPostRow } from '../publications/known-post.entity.ts'
import type { SourceRow } from '../sources/source.entity.ts'
import { changeConversation, countedIn } from './change-conversation.ts'
import { ConversationRow } from './conversation.entity.ts'
import { findOwnAnswer } from './find-own-answer.ts'
import { MessageRow } from './message.entity.ts'
import { storable } from './storable.ts'

/**
 * Stores what a network delivered, by poll or webhook, in whatever order and however often, for each channel its share.
 * The sources must be locked, so that one of them stores at a time. Answers how much was new.
 */
export async function storeIncoming(
  tx: Tx,
  shares: ReadonlyMap<SourceRow, Incoming[]>,
): Promise<number> {
  let fresh = 0
  for (const [source, items] of shares) fresh += await storeFor(tx, source, items)
  return fresh
}

async function storeFor(tx: Tx, source: SourceRow, items: Incoming[]): Promise<number> {
  const call = systemContext(source.workspaceId, 'listening')
  const oldestFirst = items.map(storable).sort((a, b) => a.at.getTime() - b.at.getTime())
  const known = await knownIds(tx, source, oldestFirst)
  let fresh = 0
  for (const item of oldestFirst) {
    if (known.has(item.remoteId)) continue
    known.add(item.remoteId)
    if (await storeOne(tx, call, source, item)) fresh += 1
  }
  return fresh
}

async function knownIds(tx: Tx, { channelId }: SourceRow, items: Incoming[]): Promise<Set<string>> {
  if (items.length === 0) return new Set()
  const rows = await tx.manager.find(MessageRow, {
    select: { id: true, remoteId: true },
    where: { channelId, remoteId: In(items.map(({ remoteId }) => remoteId)) },
  })
  return new Set(rows.flatMap(({ remoteId }) => remoteId ?? []))
}

async function storeOne(tx: Tx, call: CallContext, source: SourceRow, item: Incoming) {
  const { channelId } = source
  const existing = await tx.manager.findOne(ConversationRow, {
    where: { channelId, threadKey: item.threadKey },
    lock: { mode: 'pessimistic_write' },
  })
  // While this transaction waited for the lock, an answer of ours may have got this `remoteId`.
  if (existing && (await tx.manager.existsBy(MessageRow, { channelId, remoteId: item.remoteId })))
    return false
  if (existing && item.fromChannel && (await recognise(tx, call, existing, item))) return false
  const row = existing ?? (await opened(tx, source, item))
  const message = messageOf(row, item)
  const isFirst = !item.fromChannel && !row.hasIncoming
  const change = {
    ...countedIn(row, message),
    ...(item.fromChannel ? {} : { state: 'open' as const, hasIncoming: true }),
    ...(isFirst ? { person: item.author } : {}),
  }
  // The conversation first: its message must find it.
  const action = existing ? 'message_received' : 'opened'
  await changeConversation(tx, call, row, { action, change, message })
  await tx.manager.insert(MessageRow, message as object)
  return true
}

/** Recognises our own answer, seen on the network before publishing told of it, so that it is not stored twice. */
async function recognise(tx: Tx, call: CallContext, row: ConversationRow, item: Incoming) {
  const message = await findOwnAnswer(tx, row.id, item.text)
  if (!message) return false
  const { remoteId, permalink, ref } = item
  Object.assign(message, { remoteId, permalink, ref: { value: ref } })
  await tx.manager.save(message)
  await changeConversation(tx, call, row, { action: 'message_changed', message })
  return true
}

async function opened(tx: Tx, source: SourceRow, item: Incoming): Promise<ConversationRow> {
  const { channelId, workspaceId, network } = source
  const { threadKey, kind, author, aboutPostId } = item
  const post = aboutPostId
    ? await tx.manager.findOneBy(KnownPostRow, { channelId, remoteId: aboutPostId })
    : null
  return tx.manager.getRepository(ConversationRow).create({
    id: newId('conversation'),
    workspaceId,
    channelId,
    network,
    threadKey,
    kind,
    person: author,
    hasIncoming: false,
    aboutPostId,
    postId: post?.postId ?? null,
    publicationId: post?.publicationId ?? null,
    // What only we have written needs nobody's attention.
    state: 'done',
    excerpt: '',
    messageCount: 0,
    lastMessageAt: item.at,
    createdAt: new Date(),
    version: 0,
  })
}

function messageOf(row: ConversationRow, item: Incoming): MessageRow {
  const { author, text, at, remoteId, permalink, ref, fromChannel } = item
  return Object.assign(new MessageRow(), {
    id: newId('message'),
    conversationId: row.id,
    channelId: row.channelId,
    direction: fromChannel ? 'out' : 'in',
    author,
    memberId: null,
    text,
    at,
    remoteId,
    permalink,
    ref: { value: ref },
    publicationId: null,
    replyTo: null,
    replaces: null,
    reason: null,
    state: fromChannel ? 'published' : 'received',
    revision: 0,
  } satisfies MessageRow)
}
