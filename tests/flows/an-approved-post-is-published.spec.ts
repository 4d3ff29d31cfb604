import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { api, channelOn, dev, upload } from './stack/api.ts'
import { asThem, somebody } from './stack/somebody.ts'

interface Post {
  id: string
  state: string
  progress: string
  version: number
  publications: { id: string; state: string; dueAt: string }[]
}
interface Entry {
  publicationId: string
  awaitsApproval?: boolean
}
interface Problem {
  code: string
}

describe('under the policy that another person approves', () => {
  let channelId: string
  let approver: Record<string, string>

  beforeAll(async () => {
    channelId = (await channelOn('sandbox', 'hamava-shop')).id
    await api('PUT', '/v1/approval-policy', { approval: 'other_person' })
    approver = await asThem(await somebody('approver', 'رضا'))
  })

  afterAll(async () => {
    await api('PUT', '/v1/approval-policy', { approval: 'none' })
  })

  const read = async (id: string) => (await api<Post>('GET', `/v1/posts/${id}`)).body

  async function aScheduledPost(): Promise<Post> {
    const { body } = await api<Post>('POST', '/v1/posts', {
      text: `فرستهٔ نیازمند تأیید ${Date.now()}`,
      targets: [{ channelId }],
      schedule: { now: true },
    })
    return body
  }

  it('holds a due post back until it is approved, and then publishes exactly what was approved', async () => {
    const post = await aScheduledPost()
    expect(post.state).toBe('in_review')
    const id = post.publications[0]?.id
    await eventually('publishing knows of it', async () => {
      const { body, status } = await api<{ approved: boolean }>('GET', `/v1/publications/${id}`)
      return status === 200 && body.approved === false
    })

    const inCalendar = async () => {
      const now = Date.now()
      const [from, to] = [now - 3_600_000, now + 3_600_000].map((ms) => new Date(ms).toISOString())
      const path = `/v1/calendar?from=${from}&to=${to}&limit=1000`
      const { body } = await api<{ items: Entry[] }>('GET', path)
      return body.items.find(({ publicationId }) => publicationId === id)
    }
    await eventually(
      'the calendar says that it waits',
      async () => (await inCalendar())?.awaitsApproval === true,
    )

    const own = await api<Problem>(
      'POST',
      `/v1/posts/${post.id}/approve`,
      {},
      { 'if-match': '"1"' },
    )
    expect([own.status, own.body.code]).toEqual([403, 'own_post'])

    const stale = await api<Problem>(
      'POST',
      `/v1/posts/${post.id}/approve`,
      {},
      { ...approver, 'if-match': '"99"' },
    )
    expect([stale.status, stale.body.code]).toEqual([412, 'stale'])

    const approvedAt = Date.now()
    const approved = await api<Post>(
      'POST',
      `/v1/posts/${post.id}/approve`,
      { comment: 'عالی' },
      { ...approver, 'if-match': `"${post.version}"` },
    )
    expect(approved.body.state).toBe('approved')
    await eventually('it is published', async () => (await read(post.id)).progress === 'published')
    expect(await inCalendar()).not.toHaveProperty('awaitsApproval')
    // "Now" was as soon as it may: however long the approval took, it is not late.
    const due = (await read(post.id)).publications[0]?.dueAt ?? ''
    expect(Date.parse(due)).toBeGreaterThanOrEqual(approvedAt)
  })

  it('no longer asks for approval of what was taken back', async () => {
    const post = await aScheduledPost()
    await api('POST', `/v1/posts/${post.id}/cancel`)
    expect((await read(post.id)).state).toBe('draft')
  })

  it('asks for approval again when an approved post is edited', async () => {
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: 'نسخهٔ نخست',
      targets: [{ channelId }],
      schedule: { local: '2029-01-01T10:00', zone: 'Asia/Tehran' },
    })
    const approved = await api<Post>(
      'POST',
      `/v1/posts/${post.id}/approve`,
      {},
      { ...approver, 'if-match': `"${post.version}"` },
    )
    const edited = await api<{ post: Post; tooLate: unknown[] }>(
      'PATCH',
      `/v1/posts/${post.id}`,
      { text: 'نسخهٔ دوم' },
      { 'if-match': `"${approved.body.version}"` },
    )
    expect(edited.body.post.state).toBe('in_review')
    expect(edited.body.tooLate).toEqual([])
    const revisions = await api<{ items: { action: string }[] }>(
      'GET',
      `/v1/posts/${post.id}/revisions`,
    )
    expect(revisions.body.items.map((one) => one.action)).toEqual(['created', 'approved', 'edited'])

    const cancelled = await api<{ post: Post }>('POST', `/v1/posts/${post.id}/cancel`)
    expect(cancelled.body.post.progress).toBe('cancelled')
  })

  it('waits again when its approval is taken back, as long as it has not left', async () => {
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: 'زود تأیید شد',
      targets: [{ channelId }],
      schedule: { local: '2029-01-01T10:00', zone: 'Asia/Tehran' },
    })
    const decide = (verb: string, { version }: Post, body?: object) =>
      api<Post & Problem & { post: Post }>('POST', `/v1/posts/${post.id}/${verb}`, body, {
        ...approver,
        'if-match': `"${version}"`,
      })
    const isApproved = async () => {
      const path = `/v1/publications/${post.publications[0]?.id}`
      return (await api<{ approved: boolean }>('GET', path)).body.approved
    }
    const approved = (await decide('approve', post, {})).body
    await eventually('publishing may send it', isApproved)
    const stale = await decide('withdraw-approval', post)
    expect([stale.status, stale.body.code]).toEqual([412, 'stale'])
    const { body } = await decide('withdraw-approval', approved)
    expect(body.post).toMatchObject({ state: 'in_review', review: null, progress: 'scheduled' })
    expect(await isApproved()).toBe(false)
    const twice = await decide('withdraw-approval', body.post)
    expect([twice.status, twice.body.code]).toEqual([409, 'post_state'])
    expect((await decide('approve', body.post, {})).body.state).toBe('approved')
    await eventually('it may again', isApproved)
    await api('POST', `/v1/posts/${post.id}/cancel`)
  })

  it('is not approved by whoever wrote the words, though another person wrote the post', async () => {
    const { body: post } = await api<Post>(
      'POST',
      '/v1/posts',
      {
        text: 'متن سارا',
        targets: [{ channelId }],
        schedule: { local: '2029-01-01T10:00', zone: 'Asia/Tehran' },
      },
      await asThem(await somebody('editor', 'سارا')),
    )
    const edited = await api<{ post: Post }>(
      'PATCH',
      `/v1/posts/${post.id}`,
      { text: 'متن من' },
      { 'if-match': `"${post.version}"` },
    )
    const own = await api<Problem>(
      'POST',
      `/v1/posts/${post.id}/approve`,
      {},
      { 'if-match': `"${edited.body.post.version}"` },
    )
    expect([own.status, own.body.code]).toEqual([403, 'own_post'])
    await api('POST', `/v1/posts/${post.id}/cancel`)
  })

  it('publishes the alternative text that was approved, whatever the library says later', async () => {
    const asset = await upload('متن جایگزین تأییدشده')
    const text = `تصویر تأییدشده ${Date.now()}`
    const draft = await api<Post>('POST', '/v1/posts', {
      text,
      assets: [{ id: asset }],
      targets: [{ channelId }],
    })
    const submitted = await api<Post>('POST', `/v1/posts/${draft.body.id}/submit`)
    await api(
      'POST',
      `/v1/posts/${draft.body.id}/approve`,
      {},
      { ...approver, 'if-match': `"${submitted.body.version}"` },
    )
    await api('PATCH', `/v1/assets/${asset}`, { alt: 'چیز دیگر' }, { 'if-match': '"1"' })
    await api('POST', `/v1/posts/${draft.body.id}/publish-now`)
    await eventually(
      'it is published',
      async () => (await read(draft.body.id)).progress === 'published',
    )
    const response = await fetch(`${dev.sandboxUrl}/accounts/hamava-shop/posts`)
    const live = (await response.json()) as { text: string; media: { alt: string }[] }[]
    const found = live.find((one) => one.text === text)
    expect(found?.media.map((one) => one.alt)).toEqual(['متن جایگزین تأییدشده'])
  })

  it('remembers who did what', async () => {
    const actions = await eventually('the approval in the audit log', async () => {
      const { body } = await api<{ items: { action: string }[] }>(
        'GET',
        '/v1/audit-events?limit=100',
      )
      const names = body.items.map((one) => one.action)
      return names.some((name) => name.endsWith(':approved')) ? names : null
    })
    expect(actions).toEqual(expect.arrayContaining(['member.added']))
  })
})
