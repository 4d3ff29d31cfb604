import type { EventOf, SharedTx } from '@hamava/bus'
import type { publicationPublished } from '@hamava/contracts'
import { changeConversation } from '../conversations/change-conversation.ts'
import { ConversationRow } from '../conversations/conversation.entity.ts'

type Published = EventOf<typeof publicationPublished>

/** Remembers posts that went live, and links what people wrote about them before we heard of them. */
export async function linkPosts({ manager }: SharedTx, posts: Published[]): Promise<void> {
  if (posts.length === 0) return
  const rows = JSON.stringify(posts.map(({ body }) => body))
  await manager.query(
    `insert into known_posts (publication_id, channel_id, remote_id, post_id)
     select distinct on ("publicationId") "publicationId", "channelId", "remoteId", "postId"
     from rows from (jsonb_to_recordset($1::jsonb) as
       ("publicationId" text, "channelId" text, "remoteId" text, "postId" text)) with ordinality
     order by "publicationId", ordinality desc
     on conflict (publication_id) do update set channel_id = excluded.channel_id,
       remote_id = excluded.remote_id, post_id = excluded.post_id`,
    [rows],
  )
  const early = await manager
    .createQueryBuilder(ConversationRow, 'c')
    .where(
      `c.publicationId is null and (c.channelId, c.aboutPostId) in
         (select "channelId", "remoteId" from jsonb_to_recordset(:rows::jsonb) as
           post ("channelId" text, "remoteId" text))`,
      { rows },
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
