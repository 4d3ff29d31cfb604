import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, client, type Reply, setSession } from './client.ts'
import type { PublicationState } from './types.ts'

/** All queries of the screens; live events name the first word of a query key. */

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const found = await answerOf(client.GET('/v1/me'))
    setSession(found)
    return found
  },
  staleTime: 60_000,
})

export const networks = queryOptions({
  queryKey: ['networks'],
  queryFn: async () => (await answerOf(client.GET('/v1/networks'))).items,
  staleTime: Number.POSITIVE_INFINITY,
})

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** A list that is read page by page, with "show more". */
export const pagesOf = <Item>(
  queryKey: readonly unknown[],
  read: (page: { limit: number; cursor?: string }) => Promise<Reply<Page<Item>>>,
  limit = 50,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => answerOf(read({ limit, ...(pageParam && { cursor: pageParam }) })),
    initialPageParam: '',
    getNextPageParam: (page: Page<Item>) => page.nextCursor,
  })

/** The items of a list; reads the next page only when the caller goes on. */
export async function* each<Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<Reply<Page<Item>>>,
  limit = 100,
): AsyncGenerator<Item> {
  let cursor: string | null = null
  do {
    const page: Page<Item> = await answerOf(read({ limit, ...(cursor && { cursor }) }))
    yield* page.items
    cursor = page.nextCursor
  } while (cursor)
}

/** All items of a list. */
async function allOf<Item>(...list: Parameters<typeof each<Item>>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of each(...list)) items.push(item)
  return items
}

export const channels = queryOptions({
  queryKey: ['channels'],
  queryFn: () => allOf((page) => client.GET('/v1/channels', { params: { query: page } })),
})

export const post = (id: string) =>
  queryOptions({
    queryKey: ['posts', id],
    queryFn: () => answerOf(client.GET('/v1/posts/{id}', { params: { path: { id } } })),
  })

export const postsInReview = pagesOf(['posts', 'in-review'], (page) =>
  client.GET('/v1/posts', { params: { query: { state: 'in_review', ...page } } }),
)

/** Posts without a time, the newest first. */
export const drafts = pagesOf(['posts', 'drafts'], (page) =>
  client.GET('/v1/posts', { params: { query: { scheduled: 'false', ...page } } }),
)

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
    queryFn: () => {
      const span = { from, to, ...(channelId && { channelId }) }
      return allOf(
        (page) => client.GET('/v1/calendar', { params: { query: { ...span, ...page } } }),
        1_000,
      )
    },
    placeholderData: (before) => before,
  })

const publicationsOf = (query: { state: PublicationState } | { risk: 'any' }) =>
  pagesOf(['publications', query], (page) =>
    client.GET('/v1/publications', { params: { query: { ...query, ...page } } }),
  )

/** The publications that need a person, by cause. */
export const attention = {
  missing: pagesOf(['publications', 'missing'], (page) =>
    client.GET('/v1/publications/missing', { params: { query: page } }),
  ),
  failed: publicationsOf({ state: 'failed' }),
  unconfirmed: publicationsOf({ state: 'unconfirmed' }),
  missed: publicationsOf({ state: 'missed' }),
  held: publicationsOf({ state: 'held' }),
  risk: publicationsOf({ risk: 'any' }),
}
export type Cause = keyof typeof attention

/** The counts of `attention`, without reading its lists. */
export const attentionCounts = queryOptions({
  queryKey: ['publications', 'counts'],
  queryFn: () => answerOf(client.GET('/v1/attention')),
})

/** What did not go out on a channel. */
export const notGoneOutOn = (channelId: string, state: 'failed' | 'missed') =>
  queryOptions({
    queryKey: ['publications', 'not-gone-out', channelId, state],
    queryFn: () =>
      allOf((page) =>
        client.GET('/v1/publications', { params: { query: { channelId, state, ...page } } }),
      ),
  })

export const publication = (id: string) =>
  queryOptions({
    queryKey: ['publications', id],
    queryFn: () => answerOf(client.GET('/v1/publications/{id}', { params: { path: { id } } })),
  })

export const activeHolds = queryOptions({
  queryKey: ['holds'],
  queryFn: () =>
    allOf((page) => client.GET('/v1/holds', { params: { query: { active: 'true', ...page } } })),
})

export const conversations = (state: 'open' | 'done') =>
  pagesOf(['conversations', state], (page) =>
    client.GET('/v1/conversations', { params: { query: { state, ...page } } }),
  )

export const conversation = (id: string) =>
  queryOptions({
    queryKey: ['conversations', id],
    queryFn: () => answerOf(client.GET('/v1/conversations/{id}', { params: { path: { id } } })),
  })

export const members = queryOptions({
  queryKey: ['members'],
  queryFn: () => allOf((page) => client.GET('/v1/members', { params: { query: page } })),
})

export const apiKeys = queryOptions({
  queryKey: ['api-keys'],
  queryFn: () => allOf((page) => client.GET('/v1/api-keys', { params: { query: page } })),
})

export const approvalPolicy = queryOptions({
  queryKey: ['approval-policy'],
  queryFn: () => answerOf(client.GET('/v1/approval-policy')),
})

export const latePolicy = queryOptions({
  queryKey: ['late-policy'],
  queryFn: () => answerOf(client.GET('/v1/late-policy')),
})

export const auditLog = pagesOf(['audit'], (page) =>
  client.GET('/v1/audit-events', { params: { query: page } }),
)
