import type { Measure, Metrics, Tools } from '../connector.ts'
import { Failed, reading } from '../failure.ts'
import { api, type Status } from './api.ts'
import type { MastodonCredentials } from './credentials.ts'

export const measure: Measure<MastodonCredentials> = {
  posts: (credentials, posts, tools) =>
    reading(async () => {
      const measured: { id: string; metrics: Metrics }[] = []
      for (const { id } of posts) {
        const status = await statusOrNull(credentials, id, tools)
        if (status) measured.push({ id, metrics: metricsOf(status) })
      }
      return measured
    }),

  channel: (credentials, tools) =>
    reading(async () => {
      const account = await api.verifyCredentials(credentials, tools)
      return known({
        followers: account.followers_count,
        following: account.following_count,
        posts: account.statuses_count,
      })
    }),
}

/** A status that is gone, or hidden from us, has no numbers. */
async function statusOrNull(credentials: MastodonCredentials, id: string, tools: Tools) {
  try {
    return await api.status(credentials, id, tools)
  } catch (error) {
    if (error instanceof Failed && error.failure.reason.code === 'not_found') return null
    throw error
  }
}

const metricsOf = (status: Status) =>
  known({
    likes: status.favourites_count,
    reposts: status.reblogs_count,
    replies: status.replies_count,
    quotes: status.quotes_count,
  })

const known = (counts: { [M in keyof Metrics]: number | undefined }): Metrics =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined))
