import type { Tx } from '@hamava/bus'
import {
  type CallContext,
  type PublicationState,
  publicationChanged,
  publicationPublished,
} from '@hamava/contracts'
import type { PublicationRow } from './publication.entity.ts'
import { toPublication } from './to-publication.ts'

/** Tells everybody that a publication is in another state. */
export function announce(
  tx: Tx,
  call: CallContext,
  row: PublicationRow,
  before: PublicationState | null,
): void {
  tx.publish(publicationChanged, call, {
    publicationId: row.id,
    before: before && { state: before },
    after: toPublication(row),
  })
  if (row.state !== 'published' || before === 'published') return
  tx.publish(publicationPublished, call, {
    publicationId: row.id,
    kind: row.kind,
    postId: row.postId,
    messageId: row.messageId,
    conversationId: row.conversationId,
    channelId: row.channelId,
    network: row.network,
    remoteId: row.remoteId ?? '',
    permalink: row.permalink,
    ref: row.liveParts[0]?.ref.value ?? null,
    publishedAt: (row.publishedAt ?? new Date()).toISOString(),
  })
}
