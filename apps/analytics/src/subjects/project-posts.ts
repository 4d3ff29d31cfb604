import type { EventOf, SharedTx } from '@hamava/bus'
import type { publicationPublished } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { nextCollectAt } from './cadence.ts'

/** Begins to measure posts that went live. Their channels are made known, too, should we not have heard of them yet. */
export async function projectPosts(
  { manager }: Pick<SharedTx, 'manager'>,
  posts: Pick<EventOf<typeof publicationPublished>, 'call' | 'body'>[],
  scale: number,
): Promise<void> {
  if (posts.length === 0) return
  const now = new Date()
  const subjects = posts.map(({ call: { workspaceId }, body }) => {
    const isMeasurable = connectorOf(body.network)?.measure?.posts !== undefined
    const publishedAt = new Date(body.publishedAt)
    return {
      ...body,
      workspaceId,
      ref: { value: body.ref ?? null },
      nextCollectAt: isMeasurable ? nextCollectAt(publishedAt, now, scale) : null,
    }
  })
  const rows = [JSON.stringify(subjects)]
  // In the order of their ids, or two who do this could wait for each other.
  await manager.query(
    `insert into measured_channels (channel_id, workspace_id, network, version, is_active)
     select distinct "channelId", "workspaceId", network, 0, true
     from jsonb_to_recordset($1::jsonb) as
       subject ("channelId" text, "workspaceId" text, network text)
     order by 1 on conflict do nothing`,
    rows,
  )
  await manager.query(
    `insert into subjects (publication_id, workspace_id, post_id, channel_id, network, remote_id,
       ref, published_at, next_collect_at)
     select "publicationId", "workspaceId", "postId", "channelId", network, "remoteId",
       ref, "publishedAt", "nextCollectAt"
     from jsonb_to_recordset($1::jsonb) as
       subject ("publicationId" text, "workspaceId" text, "postId" text, "channelId" text,
         network text, "remoteId" text, ref jsonb, "publishedAt" timestamptz,
         "nextCollectAt" timestamptz)
     order by 1 on conflict do nothing`,
    rows,
  )
}
