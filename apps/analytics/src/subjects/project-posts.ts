import type { EventOf, SharedTx } from '@hamava/bus'
import type { publicationPublished } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { upsertNewer } from '@hamava/service-kit'
import { nextCollectAt } from './cadence.ts'
import { MeasuredChannelRow } from './channel.entity.ts'
import { SubjectRow } from './subject.entity.ts'

/**
 * Begins to measure posts that went live, and adds their channels where the channel's own event has not arrived yet.
 */
export async function projectPosts(
  { manager }: Pick<SharedTx, 'manager'>,
  posts: Pick<EventOf<typeof publicationPublished>, 'call' | 'body'>[],
  scale: number,
): Promise<void> {
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
  const channels = subjects.map((subject) => ({ ...subject, version: 0, isActive: true }))
  await upsertNewer(manager, MeasuredChannelRow, channels, {
    key: 'channelId',
    columns: ['workspaceId', 'network', 'version', 'isActive'],
    update: [],
  })
  await upsertNewer(manager, SubjectRow, subjects, {
    key: 'publicationId',
    columns: [
      'workspaceId',
      'postId',
      'channelId',
      'network',
      'remoteId',
      'ref',
      'publishedAt',
      'nextCollectAt',
    ],
    update: [],
  })
}
