import type { SandboxAccount, SandboxPost } from './entries.ts'

const hour = 3_600_000

/** A number of its own for every text, the same in every run (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}

const share = (id: string, what: string) => (hash(`${what}:${id}`) % 1000) / 1000

/** A post's metrics, which depend only on its id and age, and never fall. */
export function postMetrics(post: SandboxPost, replies: number, now: number) {
  const age = Math.max(0, now - post.createdAt)
  const reached = 1 - 2 ** (-age / (6 * hour))
  const reach = Math.floor((80 + 4000 * share(post.id, 'reach') ** 2) * reached)
  const views = Math.floor(reach * (1.1 + share(post.id, 'views') / 2))
  const of = (what: string, most: number) => Math.floor(reach * most * share(post.id, what))
  return {
    impressions: Math.floor(views * 1.25),
    reach,
    views,
    likes: of('likes', 0.12),
    reposts: of('reposts', 0.03),
    quotes: of('quotes', 0.01),
    bookmarks: of('bookmarks', 0.02),
    clicks: of('clicks', 0.05),
    replies,
  }
}

/** An account's metrics, which grow with its age in days. */
export function accountMetrics(account: SandboxAccount, posts: number, now: number) {
  const days = Math.max(0, now - account.createdAt) / (24 * hour)
  const start = 200 + Math.floor(5000 * share(account.handle, 'followers'))
  return {
    followers: start + Math.floor(days * (2 + 30 * share(account.handle, 'growth')) + posts / 3),
    following: 20 + Math.floor(300 * share(account.handle, 'following')),
    posts,
  }
}
