import type { EventOf, SharedTx } from '@hamava/bus'
import type { publicationPublished } from '@hamava/contracts'
import { batchColumns, upsertNewer } from '@hamava/service-kit'
import { changeConversation } from '../conversations/change-conversation.ts'
import { ConversationRow } from '../conversations/conversation.entity.ts'
import { KnownPostRow } from './known-post.entity.ts'

type Published = EventOf<typeof publicationPublished>

/** Remembers posts that went live, and links what people wrote about them before we heard of them. */
export async function linkPosts({ manager }: SharedTx, posts: Published[]): Promise<void> {
  if (posts.length === 0) return
  const bodies = posts.map(({ body }) => body)
  const columns = ['channelId', 'remoteId', 'postId'] as const
  await upsertNewer(manager, KnownPostRow, bodies, {
    key: 'publicationId',
    columns,
    update: columns,
  })
  const remote = batchColumns(manager, KnownPostRow, ['channelId', 'remoteId'])
  const early = await manager
    .createQueryBuilder(ConversationRow, 'c')
    .where(
      `c.publicationId is null and (c.channelId, c.aboutPostId) in
         (select ${remote.names} from jsonb_to_recordset(:rows::jsonb) as post (${remote.definition}))`,
      { rows: JSON.stringify(bodies.map(remote.recordOf)) },
    )
    .orderBy('c.id')
    .setLock('pessimistic_write')
    .getMany()
  for (const row of early) {
    const about = posts.find(
      ({ body }) => body.channelId === row.channelId && body.remoteId === row.aboutPostId,
    )
    if (!about) continue
    const { postId, publicationId } = about.body
    await changeConversation(about.tx, about.call, row, {
      action: 'edited',
      change: { postId, publicationId },
    })
  }
}
