import type { Measure, Metrics } from '../connector.ts'
import { reading } from '../failure.ts'
import { api } from './api.ts'
import type { BlueskyCredentials } from './credentials.ts'
import { isWithoutAppView } from './listen.ts'

const perCall = 25

export const measure: Measure<BlueskyCredentials> = {
  posts: (credentials, posts, tools) =>
    reading(async () => {
      const measured: { id: string; metrics: Metrics }[] = []
      for (let at = 0; at < posts.length; at += perCall) {
        const uris = posts.slice(at, at + perCall).map(({ id }) => id)
        const read = await orNothing(api.getPosts(credentials, uris, tools))
        for (const { uri, ...counts } of read?.posts ?? [])
          measured.push({
            id: uri,
            metrics: known({
              likes: counts.likeCount,
              reposts: counts.repostCount,
              replies: counts.replyCount,
              quotes: counts.quoteCount,
              bookmarks: counts.bookmarkCount,
            }),
          })
      }
      return measured
    }),

  channel: (credentials, tools) =>
    reading(async () => {
      const profile = await orNothing(api.getProfile(credentials, credentials.did, tools))
      return known({
        followers: profile?.followersCount,
        following: profile?.followsCount,
        posts: profile?.postsCount,
      })
    }),
}

/** Without an AppView there are no numbers; that is no failure. */
async function orNothing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (isWithoutAppView(error)) return null
    throw error
  }
}

const known = (counts: { [M in keyof Metrics]: number | undefined }): Metrics =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined))
