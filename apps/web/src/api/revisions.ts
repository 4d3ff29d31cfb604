import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import { lastApproval } from './last-approval.ts'
import { each, pagesOf } from './queries.ts'

const readRevisions = (id: string) => (page: { limit: number; cursor?: string }) =>
  client.GET('/v1/posts/{id}/revisions', {
    params: { path: { id }, query: { ...page, order: 'newest' } },
  })

/** Every version of a post, the newest first. */
export const revisions = (id: string) => pagesOf(['posts', id, 'revisions'], readRevisions(id), 20)

/**
 * The last approval of a post that nobody has taken back, as of a version; null where there is none. A history only
 * grows, so what was read of a version is never read again.
 */
export const approvedRevision = (id: string, version: number) =>
  queryOptions({
    queryKey: ['approved-revision', id, version],
    queryFn: () => lastApproval(each(readRevisions(id))),
    staleTime: Number.POSITIVE_INFINITY,
  })
