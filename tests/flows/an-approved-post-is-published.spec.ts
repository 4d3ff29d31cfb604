import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { api, channelOn, dev } from './stack/api.ts'

interface Post {
  id: string
  state: string
  progress: string
  version: number
  publications: { id: string; state: string }[]
}
interface Problem {
  code: string
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('under the policy that another person approves', () => {
  let channelId: string
  let approver: Record<string, string>

  beforeAll(async () => {
    channelId = (await channelOn('sandbox', 'hamava-shop')).id
    await api('PUT', '/v1/approval-policy', { approval: 'other_person' })
    const email = `reza-${Date.now()}@example.org`
    const password = 'یک گذرواژهٔ بلند'
    await api('POST', '/v1/members', { email, name: 'رضا', password, role: 'approver' })
    const login = await api<{ token: string }>('POST', '/v1/login', { email, password })
    approver = bearer(login.body.token)
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

    const approved = await api<Post>(
      'POST',
      `/v1/posts/${post.id}/approve`,
      { comment: 'عالی' },
      { ...approver, 'if-match': `"${post.version}"` },
    )
    expect(approved.body.state).toBe('approved')
    await eventually('it is published', async () => (await read(post.id)).progress === 'published')
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

describe('a change of a scheduled post', () => {
  it('moves it, and says truthfully when it comes too late', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava-en')
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: `To be moved ${Date.now()}`,
      targets: [{ channelId }],
      schedule: { local: '2029-01-01T10:00', zone: 'Europe/Berlin' },
    })
    const query = '/v1/calendar?from=2029-01-01T00:00:00Z&to=2029-01-02T00:00:00Z'
    const entry = await eventually('it is in the calendar', async () => {
      const { body } = await api<{ items: { postId: string; dueAt: string; local: string }[] }>(
        'GET',
        query,
      )
      return body.items.find((one) => one.postId === post.id)
    })
    expect(entry).toMatchObject({ dueAt: '2029-01-01T09:00:00.000Z', local: '2029-01-01T10:00' })

    const moved = await api<{ post: Post }>('POST', `/v1/posts/${post.id}/publish-now`)
    expect(moved.status).toBe(200)
    await eventually('it is out', async () => {
      const { body } = await api<Post>('GET', `/v1/posts/${post.id}`)
      return body.progress === 'published'
    })
    const late = await api<Problem>('POST', `/v1/posts/${post.id}/cancel`)
    expect([late.status, late.body.code]).toEqual([409, 'too_late'])
  })

  it('is written once when the request is repeated', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava-en')
    const body = { text: `Once ${Date.now()}`, targets: [{ channelId }], schedule: { now: true } }
    const key = { 'idempotency-key': `once-${Date.now()}` }
    const answers = [
      await api<Post>('POST', '/v1/posts', body, key),
      await api<Post>('POST', '/v1/posts', body, key),
    ]
    expect(answers.map((one) => one.status)).toEqual([201, 201])
    expect(answers[1]?.body.id).toBe(answers[0]?.body.id)
    const other = await api<Problem>('POST', '/v1/posts', { ...body, text: 'Other' }, key)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  })
})

describe('bad input', () => {
  it.each([
    ['a past date', { schedule: { at: '2020-01-01T00:00:00Z' } }, 422, 'schedule_in_past'],
    ['no text', { text: '', schedule: { now: true } }, 422, 'post_not_ready'],
    ['too long a text', { text: 'و'.repeat(5000), schedule: { now: true } }, 422, 'post_not_ready'],
    ['no channel', { targets: [], schedule: { now: true } }, 422, 'no_targets'],
    [
      'an unknown zone',
      { schedule: { local: '2029-01-01T10:00', zone: 'Asia/Atlantis' } },
      422,
      'invalid_input',
    ],
  ])('is refused with words that help: %s', async (_name, change, status, code) => {
    const { id: channelId } = await channelOn('sandbox', 'hamava')
    const body = { text: 'سلام', targets: [{ channelId }], ...change }
    const answer = await api<Problem & { detail: string; fix: string }>('POST', '/v1/posts', body, {
      'accept-language': 'fa',
    })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.body.fix).toMatch(/[\u0600-\u06ff]/)
  })

  it('refuses a file that only claims to be a picture', async () => {
    const form = new FormData()
    form.set('file', new Blob(['<script>alert(1)</script>']), 'innocent.png')
    const answer = await api<Problem>('POST', '/v1/assets', form)
    expect([answer.status, answer.body.code]).toEqual([415, 'file_type'])
  })

  it('slows down whoever guesses passwords', async () => {
    const email = `victim-${Date.now()}@example.org`
    const guesses = Array.from({ length: 6 }, () =>
      fetch(`${dev.gatewayUrl}/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'guess' }),
      }),
    )
    const statuses = []
    for (const guess of guesses) statuses.push((await guess).status)
    const last = await api<Problem>('POST', '/v1/login', { email, password: 'guess' })
    expect([last.status, last.body.code]).toEqual([429, 'login_throttled'])
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('a browser session', () => {
  it('needs its CSRF token for every change', async () => {
    const login = await fetch(`${dev.gatewayUrl}/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: dev.email, password: dev.password }),
    })
    const cookie = login.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    const { csrfToken } = (await login.json()) as { csrfToken: string }
    const logout = (headers: Record<string, string>) =>
      fetch(`${dev.gatewayUrl}/v1/logout`, {
        method: 'POST',
        headers: { cookie: cookie.split(';')[0] ?? '', ...headers },
      })
    expect((await logout({})).status).toBe(403)
    expect((await logout({ 'x-csrf-token': csrfToken })).status).toBe(200)
    expect((await logout({ 'x-csrf-token': csrfToken })).status).toBe(401)
  })
})

describe('the live feed', () => {
  it('tells what happens, and resumes where a listener left off', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava')
    const before = await readFeed('0', 1)
    const since = before.at(-1)?.id ?? '0'
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: 'خوراک',
      targets: [{ channelId }],
    })
    const heard = await readFeed(since, 1, 'content.post.changed.v1')
    expect(heard.some((one) => one.data.includes(post.id))).toBe(true)
  })
})

interface Frame {
  id: string
  data: string
}

/** Reads at least `count` frames of the feed after `since`, up to the last that is there. */
async function readFeed(since: string, count: number, types = ''): Promise<Frame[]> {
  const stop = new AbortController()
  const response = await fetch(`${dev.gatewayUrl}/v1/events${types && `?types=${types}`}`, {
    headers: { ...bearer(dev.apiKey), 'last-event-id': since },
    signal: stop.signal,
  })
  const decoder = new TextDecoder()
  let text = ''
  const frames = () =>
    [...text.matchAll(/^id: (\d+)\nevent: .*\ndata: (.*)\n\n/gm)].map(
      (match): Frame => ({ id: match[1] ?? '', data: match[2] ?? '' }),
    )
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (frames().length >= count && text.endsWith('\n\n')) break
  }
  stop.abort()
  return frames()
}
