import type { Tx } from '@hamava/bus'
import type { BodyOf, CallContext, publicationPublished } from '@hamava/contracts'
import { IsNull } from 'typeorm'
import { changeConversation } from '../conversations/change-conversation.ts'
import { ConversationRow } from '../conversations/conversation.entity.ts'
import { KnownPostRow } from './known-post.entity.ts'

/** Remembers a post that went live, and links what people wrote about it before we heard of it. */
export async function knowPost(
  tx: Tx,
  call: CallContext,
  { publicationId, channelId, remoteId, postId }: BodyOf<typeof publicationPublished>,
): Promise<void> {
  await tx.manager.upsert(KnownPostRow, { publicationId, channelId, remoteId, postId }, [
    'publicationId',
  ])
  const early = await tx.manager.find(ConversationRow, {
    where: { channelId, aboutPostId: remoteId, publicationId: IsNull() },
    lock: { mode: 'pessimistic_write' },
  })
  for (const row of early)
    await changeConversation(tx, call, row, { action: 'edited', change: { postId, publicationId } })
}
