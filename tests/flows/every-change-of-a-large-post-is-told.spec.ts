import { eventually } from '@hamava/service-kit/testing'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { api } from './stack/api.ts'
import { type OwnWorkspace, ownWorkspace } from './stack/own-workspace.ts'

interface Post {
  id: string
  version: number
}
interface Entry {
  action: string
  subject: { id: string }
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** `HAMAVA_TEST_SCALE=10` makes 520 of them. */
const edits = Math.round(52 * Number(process.env.HAMAVA_TEST_SCALE ?? 1))
const letters = 'متن بلندی که هیچ شبکه‌ای آن را نمی‌پذیرد. '

describe('the changes of a post of 600 kB', () => {
  let world: OwnWorkspace
  beforeAll(async () => {
    world = await ownWorkspace('بلند')
  })

  it('are in the audit log and in its history, each once and in order, however many there are', async () => {
    const parts = Array.from({ length: 6 }, () => ({ text: letters.repeat(1_300) }))
    const { status, body } = await api<Post>(
      'POST',
      '/v1/posts',
      { text: 'آغاز', parts, targets: [] },
      world.owner,
    )
    expect(status).toBe(201)
    expect(Buffer.byteLength(JSON.stringify(body))).toBeGreaterThan(550_000)
    let { version } = body
    for (let n = 1; n <= edits; n++) {
      const edited = await api<{ post: Post }>(
        'PATCH',
        `/v1/posts/${body.id}`,
        { tags: [`برچسب ${n}`] },
        {
          ...world.owner,
          'if-match': `"${version}"`,
        },
      )
      expect(edited.status).toBe(200)
      version = edited.body.post.version
    }
    const all = await eventually(
      'all of them',
      async () => {
        const found: Entry[] = []
        let cursor: string | null = null
        do {
          const path: string = `/v1/audit-events?limit=100${cursor ? `&cursor=${cursor}` : ''}`
          const page = await api<{ items: Entry[]; nextCursor: string | null }>(
            'GET',
            path,
            undefined,
            world.owner,
          )
          found.push(...page.body.items.filter(({ subject }) => subject.id === body.id))
          cursor = page.body.nextCursor
        } while (cursor)
        return found.length > edits ? found : null
      },
      30_000,
    )
    const tags = all
      .toReversed()
      .flatMap(({ after }) => (after?.['tags/0'] ? [after['tags/0']] : []))
    expect(tags).toEqual(Array.from({ length: edits }, (_, at) => `برچسب ${at + 1}`))
    expect(all.at(-2)).toMatchObject({
      before: null,
      after: { 'tags/0': 'برچسب ۱'.replace('۱', '1') },
    })

    let seen = 0
    let cursor: string | null = null
    do {
      const path: string = `/v1/posts/${body.id}/revisions?limit=100${cursor ? `&cursor=${cursor}` : ''}`
      const page = await api<{ items: { version: number }[]; nextCursor: string | null }>(
        'GET',
        path,
        undefined,
        world.owner,
      )
      expect(page.status).toBe(200)
      expect(page.body.items.map((one) => one.version)).toEqual(
        page.body.items.map((_, at) => seen + at + 1),
      )
      seen += page.body.items.length
      cursor = page.body.nextCursor
    } while (cursor)
    expect(seen).toBe(edits + 1)
    const list = await api<{ items: Post[] }>('GET', '/v1/posts', undefined, world.owner)
    expect(list.body.items.map(({ id }) => id)).toContain(body.id)
  }, 300_000)

  it('have the one limit of the body of a request, told with its number', async () => {
    const parts = (count: number) =>
      Array.from({ length: count }, () => ({ text: 'ا'.repeat(99_000) }))
    const post = { text: 'بزرگ', parts: parts(40), targets: [] }
    expect((await api('POST', '/v1/posts', post, world.owner)).status).toBe(201)
    const refused = await api<{ code: string; detail: string }>(
      'POST',
      '/v1/posts',
      { ...post, parts: parts(44) },
      world.owner,
    )
    expect([refused.status, refused.body.code]).toEqual([413, 'body_too_large'])
    expect(refused.body.detail).toContain('8388608')
    const lists = await api<{ items: Post[] }>('GET', '/v1/posts', undefined, world.owner)
    expect([lists.status, lists.body.items.length]).toEqual([200, 1])
  }, 60_000)
})
