import type { Tx } from '@hamava/bus'
import type { BodyOf, CallContext, publicationPublished } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { nextCollectAt } from './cadence.ts'

type Published = BodyOf<typeof publicationPublished>

/** Begins to measure a post that went live. Its channel is made known, too, should we not have heard of it yet. */
export async function notePost(
  tx: Tx,
  { workspaceId }: CallContext,
  { publicationId, postId, channelId, network, remoteId, ref, publishedAt }: Published,
  scale: number,
): Promise<void> {
  const at = new Date(publishedAt)
  const isMeasurable = connectorOf(network)?.measure?.posts !== undefined
  await tx.manager.query(
    `insert into measured_channels (channel_id, workspace_id, network, version, is_active)
     values ($1, $2, $3, 0, true) on conflict do nothing`,
    [channelId, workspaceId, network],
  )
  await tx.manager.query(
    `insert into subjects
       (publication_id, workspace_id, post_id, channel_id, network, remote_id, ref, published_at, next_collect_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      publicationId,
      workspaceId,
      postId,
      channelId,
      network,
      remoteId,
      JSON.stringify({ value: ref ?? null }),
      at,
      isMeasurable ? nextCollectAt(at, new Date(), scale) : null,
    ],
  )
}
