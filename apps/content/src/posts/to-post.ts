import type { CallContext, Post, PostProgress, PublicationSummary } from '@hamava/contracts'
import { mayTouch } from '@hamava/service-kit'
import type { PostRow } from './post.entity.ts'
import type { PostPublicationRow } from './post-publication.entity.ts'

export function toPost(row: PostRow, publications: PostPublicationRow[]): Post {
  const { deletedAt: _inside, content, createdAt, updatedAt, ...post } = row
  return {
    ...post,
    ...content,
    progress: progressOf(publications),
    publications: publications.map(toPublicationSummary),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

/** Without its publications on channels that it has left and that are not the caller's. */
export const shownTo = (call: CallContext, post: Post): Post => ({
  ...post,
  publications: post.publications.filter(({ channelId }) => mayTouch(call, [channelId])),
})

function toPublicationSummary(row: PostPublicationRow): PublicationSummary {
  return {
    id: row.id,
    channelId: row.channelId,
    network: row.network,
    state: row.state,
    dueAt: row.dueAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    remoteId: row.remoteId,
    permalink: row.permalink,
  }
}

const troubled = ['failed', 'unconfirmed', 'missed', 'held']

/** What the states of the publications come to, taken together. */
export function progressOf(publications: Pick<PostPublicationRow, 'state'>[]): PostProgress {
  const states = publications.map((publication) => publication.state)
  const alive = states.filter((state) => state !== 'cancelled')
  if (states.length === 0) return 'unscheduled'
  if (alive.length === 0) return 'cancelled'
  if (alive.some((state) => troubled.includes(state))) return 'needs_attention'
  if (alive.every((state) => state === 'published')) return 'published'
  return alive.includes('published') ? 'partly_published' : 'scheduled'
}
