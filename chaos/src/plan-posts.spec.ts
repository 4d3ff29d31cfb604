import { expect, it } from '@jest/globals'
import { planChannels, planPosts } from './plan-posts.ts'

const options = { publications: 5000, totalMs: 180_000, burstAtMs: 103_000, leadMs: 20_000 }

it.each([1, 7, 99])(
  'plans exactly as many as asked, half of them at one moment (seed %d)',
  (seed) => {
    for (const publications of [61, 200, 5000]) {
      const posts = planPosts({ ...options, publications, seed })
      const count = (list: typeof posts) =>
        list.reduce((sum, post) => sum + post.channels.length, 0)
      expect(count(posts)).toBe(publications)
      const burst = posts.filter(({ isBurst }) => isBurst)
      expect(count(burst)).toBe(Math.floor(publications / 2))
      expect(new Set(burst.map(({ dueAtMs }) => dueAtMs))).toEqual(new Set([103_000]))
      expect(posts.every(({ dueAtMs }) => dueAtMs <= options.totalMs)).toBe(true)
    }
  },
)

it('has posts that are larger than NATS takes at once', () => {
  const posts = planPosts({ ...options, seed: 7 })
  const bytes = posts.map(
    ({ texts, channels }) => Buffer.byteLength(texts.join('')) * channels.length,
  )
  expect(bytes.filter((size) => size > 1024 * 1024)).toHaveLength(2)
})

it('plans the same for the same seed', () => {
  expect(planPosts({ ...options, seed: 7 })).toEqual(planPosts({ ...options, seed: 7 }))
})

it('says nothing twice, and names no channel twice', () => {
  const posts = planPosts({ ...options, seed: 7 })
  const texts = posts.flatMap((post) => post.texts)
  expect(new Set(texts).size).toBe(texts.length)
  for (const { channels } of posts) expect(new Set(channels).size).toBe(channels.length)
})

it('has threads, images, and posts that are written on the way', () => {
  const posts = planPosts({ ...options, seed: 7 })
  expect(posts.some(({ texts }) => texts.length === 3)).toBe(true)
  expect(posts.some(({ withImage }) => withImage)).toBe(true)
  const late = posts.filter(({ writtenAtMs }) => writtenAtMs !== null)
  expect(late.length).toBeGreaterThan(10)
  for (const post of late) expect(post.dueAtMs - (post.writtenAtMs ?? 0)).toBe(options.leadMs)
})

it('shares the channels out evenly among the classes', () => {
  const channels = planChannels(5000)
  expect(channels).toHaveLength(740)
  for (const keyed of ['key', 'late', 'readable', 'none'])
    expect(channels.filter((channel) => channel.keyed === keyed)).toHaveLength(185)
})
