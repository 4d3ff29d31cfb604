import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, client, setCsrfToken } from './client.ts'
import type { PublicationState } from './types.ts'

/** Everything that screens read; the first word of a key is what live events name. */

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const found = await answerOf(client.GET('/v1/me'))
    setCsrfToken(found.csrfToken)
    return found
  },
  staleTime: 60_000,
})

export const networks = queryOptions({
  queryKey: ['networks'],
  queryFn: async () => (await answerOf(client.GET('/v1/networks'))).items,
  staleTime: Number.POSITIVE_INFINITY,
})

export const channels = queryOptions({
  queryKey: ['channels'],
  queryFn: async () => {
    const items = []
    let cursor: string | undefined
    do {
      const query = { limit: 100, ...(cursor && { cursor }) }
      const page = await answerOf(client.GET('/v1/channels', { params: { query } }))
      items.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    return items
  },
})

export const post = (id: string) =>
  queryOptions({
    queryKey: ['posts', id],
    queryFn: () => answerOf(client.GET('/v1/posts/{id}', { params: { path: { id } } })),
  })

export const revisions = (id: string) =>
  queryOptions({
    queryKey: ['posts', id, 'revisions'],
    queryFn: async () =>
      (await answerOf(client.GET('/v1/posts/{id}/revisions', { params: { path: { id } } }))).items,
  })

export const postsInReview = queryOptions({
  queryKey: ['posts', 'in-review'],
  queryFn: async () =>
    (
      await answerOf(
        client.GET('/v1/posts', { params: { query: { state: 'in_review', limit: 100 } } }),
      )
    ).items,
})

/** Posts without a time, the newest first. */
export const drafts = infiniteQueryOptions({
  queryKey: ['posts', 'drafts'],
  queryFn: ({ pageParam }) => {
    const query = {
      scheduled: 'false' as const,
      limit: 50,
      ...(pageParam && { cursor: pageParam }),
    }
    return answerOf(client.GET('/v1/posts', { params: { query } }))
  },
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
})

export const asset = (id: string) =>
  queryOptions({
    queryKey: ['assets', id],
    queryFn: () => answerOf(client.GET('/v1/assets/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  })

/** What goes out between two moments, on one channel or on all. */
export const calendar = ({ from, to }: { from: string; to: string }, channelId?: string) =>
  queryOptions({
    queryKey: ['calendar', { from, to, channelId }],
    queryFn: async () => {
      const items = []
      let cursor: string | undefined
      do {
        const query = {
          from,
          to,
          limit: 1_000,
          ...(channelId && { channelId }),
          ...(cursor && { cursor }),
        }
        const page = await answerOf(client.GET('/v1/calendar', { params: { query } }))
        items.push(...page.items)
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return items
    },
    placeholderData: (before) => before,
  })

const publicationsOf = (query: { state?: PublicationState; risk?: 'any' }) =>
  queryOptions({
    queryKey: ['publications', query],
    queryFn: async () =>
      (
        await answerOf(
          client.GET('/v1/publications', { params: { query: { ...query, limit: 100 } } }),
        )
      ).items,
  })

/** What needs a person, by cause. */
export const attention = {
  failed: publicationsOf({ state: 'failed' }),
  unconfirmed: publicationsOf({ state: 'unconfirmed' }),
  missed: publicationsOf({ state: 'missed' }),
  held: publicationsOf({ state: 'held' }),
  risk: publicationsOf({ risk: 'any' }),
}

export const publication = (id: string) =>
  queryOptions({
    queryKey: ['publications', id],
    queryFn: () => answerOf(client.GET('/v1/publications/{id}', { params: { path: { id } } })),
  })

export const activeHolds = queryOptions({
  queryKey: ['holds'],
  queryFn: async () =>
    (await answerOf(client.GET('/v1/holds', { params: { query: { active: 'true', limit: 100 } } })))
      .items,
})

export const conversations = (state: 'open' | 'done') =>
  infiniteQueryOptions({
    queryKey: ['conversations', state],
    queryFn: ({ pageParam }) =>
      answerOf(
        client.GET('/v1/conversations', {
          params: { query: { state, limit: 50, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })

export const conversation = (id: string) =>
  queryOptions({
    queryKey: ['conversations', id],
    queryFn: () => answerOf(client.GET('/v1/conversations/{id}', { params: { path: { id } } })),
  })

export const members = queryOptions({
  queryKey: ['members'],
  queryFn: async () =>
    (await answerOf(client.GET('/v1/members', { params: { query: { limit: 100 } } }))).items,
})

export const apiKeys = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async () =>
    (await answerOf(client.GET('/v1/api-keys', { params: { query: { limit: 100 } } }))).items,
})

export const approvalPolicy = queryOptions({
  queryKey: ['approval-policy'],
  queryFn: () => answerOf(client.GET('/v1/approval-policy')),
})

export const latePolicy = queryOptions({
  queryKey: ['late-policy'],
  queryFn: () => answerOf(client.GET('/v1/late-policy')),
})

export const auditLog = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam }) =>
    answerOf(
      client.GET('/v1/audit-events', {
        params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
})
