import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { api, dev, upload } from '../flows/stack/api.ts'
import { type OwnWorkspace, ownWorkspace, sandboxChannels } from '../flows/stack/own-workspace.ts'

interface Post {
  id: string
  version: number
  state: string
  progress: string
  publications: { id: string; state: string }[]
}

interface Live {
  text: string
  parentId: string | null
  media: { alt: string | null }[]
}

const persian = (mark: string, letters: number) =>
  `${mark} ${'سلام دنیا '.repeat(letters)}`.slice(0, letters)
const emoji = (mark: string, count: number) => `${mark} ${'👍🏽'.repeat(count - mark.length - 1)}`

/** What once was answered "scheduled" and never left, with NATS taking messages of 1 MiB. */
const wide = {
  '110 channels, a thread of 6 × 980 Persian letters': {
    channels: 110,
    texts: (mark: string) => Array.from({ length: 6 }, (_, at) => persian(`${mark}-${at}`, 980)),
    pictures: 0,
  },
  '100 channels, 990 letters and 4 pictures with long alternative texts': {
    channels: 100,
    texts: (mark: string) => [persian(mark, 990)],
    pictures: 4,
  },
  '200 channels, 8 × 990 letters': {
    channels: 200,
    texts: (mark: string) => Array.from({ length: 8 }, (_, at) => persian(`${mark}-${at}`, 990)),
    pictures: 0,
  },
  '3 channels, 45 parts of 990 emoji with skin tones': {
    channels: 3,
    texts: (mark: string) => Array.from({ length: 45 }, (_, at) => emoji(`${mark}-${at}`, 990)),
    pictures: 0,
  },
}

describe('a post of any size', () => {
  let world: OwnWorkspace
  let channels: { id: string; handle: string }[]
  let pictures: string[]

  beforeAll(async () => {
    world = await ownWorkspace('پهن')
    channels = await sandboxChannels(world.owner, 200)
    const alts = ['نخست', 'دوم', 'سوم', 'چهارم'].map((word) => persian(word, 950))
    pictures = await Promise.all(alts.map((alt) => upload(alt, world.owner)))
  }, 120_000)
  afterAll(async () => {
    await api('PUT', '/v1/approval-policy', { approval: 'none' }, world.owner)
  })

  const contentOf = (texts: string[], count: number, withPictures: boolean) => {
    const [text, ...parts] = texts
    return {
      text,
      ...(parts.length > 0 && { parts: parts.map((part) => ({ text: part })) }),
      ...(withPictures && { assets: pictures.map((id) => ({ id })) }),
      targets: channels.slice(0, count).map(({ id }) => ({ channelId: id })),
    }
  }

  /** It is on each channel once, whole and in order; nothing of `other` words is. */
  async function isLive(post: Post, texts: string[], count: number, withPictures: boolean) {
    await eventually(
      'all of it is published',
      async () => {
        const { body } = await api<Post>('GET', `/v1/posts/${post.id}`, undefined, world.owner)
        return body.progress === 'published'
      },
      120_000,
    )
    const mark = texts[0]?.split(/[ -]/)[0] ?? ''
    for (const { handle } of channels.slice(0, count)) {
      const reply = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts?limit=100`)
      const mine = ((await reply.json()) as Live[]).filter(({ text }) => text.startsWith(mark))
      expect(mine.map(({ text }) => text).toReversed()).toEqual(texts)
      expect(mine.at(-1)?.media.length).toBe(withPictures ? 4 : 0)
    }
  }

  describe.each(Object.entries(wide))(
    '%s',
    (_name, { channels: count, texts, pictures: images }) => {
      const mark = `w${Math.random().toString(36).slice(2, 8)}`

      it('leaves at once on every channel, once', async () => {
        const first = texts(`${mark}a`)
        const { status, body } = await api<Post>(
          'POST',
          '/v1/posts',
          { ...contentOf(first, count, images > 0), schedule: { now: true } },
          world.owner,
        )
        expect([status, body.publications.length]).toEqual([201, count])
        await isLive(body, first, count, images > 0)
      }, 150_000)

      it('is edited, approved and moved, and leaves as it was approved', async () => {
        await api('PUT', '/v1/approval-policy', { approval: 'other_person' }, world.owner)
        const [before, after] = [texts(`${mark}b`), texts(`${mark}c`)]
        const nextWeek = { at: new Date(Date.now() + 7 * 86_400_000).toISOString() }
        const { body: post } = await api<Post>(
          'POST',
          '/v1/posts',
          { ...contentOf(before, count, images > 0), schedule: nextWeek },
          world.owner,
        )
        expect(post.state).toBe('in_review')
        const edited = await api<{ post: Post; tooLate: unknown[] }>(
          'PATCH',
          `/v1/posts/${post.id}`,
          contentOf(after, count, images > 0),
          { ...world.owner, 'if-match': `"${post.version}"` },
        )
        expect([edited.status, edited.body.tooLate]).toEqual([200, []])
        const inReview = await api<{ items: Post[] }>(
          'GET',
          '/v1/posts?state=in_review',
          undefined,
          world.approver,
        )
        expect(inReview.body.items.map(({ id }) => id)).toContain(post.id)
        const approved = await api<Post>(
          'POST',
          `/v1/posts/${post.id}/approve`,
          {},
          { ...world.approver, 'if-match': `"${edited.body.post.version}"` },
        )
        expect([approved.status, approved.body.state]).toEqual([200, 'approved'])
        const moved = await api<{ post: Post; tooLate: unknown[] }>(
          'POST',
          `/v1/posts/${post.id}/schedule`,
          { schedule: { now: true } },
          world.owner,
        )
        expect([moved.status, moved.body.tooLate]).toEqual([200, []])
        await isLive(moved.body.post, after, count, images > 0)
        for (const { handle } of channels.slice(0, count)) {
          const reply = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts?limit=100`)
          const live = (await reply.json()) as Live[]
          expect(live.filter(({ text }) => text.startsWith(`${mark}b`))).toEqual([])
        }
        const { body: history } = await api<{ items: { action: string }[] }>(
          'GET',
          `/v1/posts/${post.id}/revisions?order=newest`,
          undefined,
          world.owner,
        )
        expect(history.items[0]?.action).toBe('scheduled')
        await api('PUT', '/v1/approval-policy', { approval: 'none' }, world.owner)
      }, 180_000)
    },
  )
})
