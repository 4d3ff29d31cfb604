import { beforeAll, describe, expect, it } from '@jest/globals'
import { api, channelOn, dev, upload } from './stack/api.ts'
import { sendRaw } from './stack/raw-http.ts'
import { somebody } from './stack/somebody.ts'

interface Problem {
  code: string
  detail: string
  errors?: { pointer: string; message: string }[]
}
interface Post {
  id: string
  version: number
}

const auth = { authorization: `Bearer ${dev.apiKey}` }
let channelId: string

beforeAll(async () => {
  channelId = (await channelOn('sandbox', 'hamava')).id
})

const draft = (change: object = {}) =>
  api<Post & Problem>('POST', '/v1/posts', { text: 'سلام', targets: [{ channelId }], ...change })

const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${dev.gatewayUrl}${path}`, { method, headers: { ...auth, ...headers } })

describe('what is asked', () => {
  it.each([
    ['an offset that no place has', '2027-01-01T00:00:00+23:59:00'],
    ['the year 0', '0000-01-01T00:00:00+01:00'],
    ['the year 9999', '9999-12-31T23:59:59-12:00'],
    ['a second in ten parts of a billion', '2027-01-01T00:00:00.0123456789Z'],
  ])('as a time with %s is refused', async (_what, at) => {
    const { status, body } = await draft({ schedule: { at } })
    expect([status, body.code]).toEqual([422, 'invalid_input'])
    const query = `from=${encodeURIComponent(at)}&to=2027-01-02T00:00:00Z`
    expect((await ask('GET', `/v1/calendar?${query}`)).status).toBe(422)
  })

  it('is one moment in whatever zone it is written', async () => {
    const { body } = await draft({ schedule: { at: '2029-03-21T09:00:00.123456+03:30' } })
    const { body: read } = await api<{ schedule: { dueAt: string } }>('GET', `/v1/posts/${body.id}`)
    expect(read.schedule.dueAt).toBe('2029-03-21T05:30:00.123Z')
  })

  it.each([
    ['a cursor of nobody', 'WyJ4IiwieSJd'],
    ['a cursor with a NUL', 'WyJ4IiwiXHUwMDAwIl0'],
    ['no cursor at all', '%00'],
  ])('after %s is refused', async (_what, cursor) => {
    for (const list of ['posts', 'publications', 'members', 'audit-events', 'holds', 'metrics']) {
      const { status, body } = await api<Problem>('GET', `/v1/${list}?cursor=${cursor}`)
      expect([list, status, body.code]).toEqual([list, 400, 'bad_cursor'])
    }
  })

  it('after the cursor of another list is refused, after its own goes on', async () => {
    await draft()
    await draft()
    type Page = { nextCursor: string; items: Post[] }
    const first = (await api<Page>('GET', '/v1/posts?limit=1')).body
    const next = (await api<Page>('GET', `/v1/posts?limit=1&cursor=${first.nextCursor}`)).body
    expect(next.items[0]?.id).not.toBe(first.items[0]?.id)
    const other = await api<Problem>('GET', `/v1/publications?cursor=${first.nextCursor}`)
    expect([other.status, other.body.code]).toEqual([400, 'bad_cursor'])
  })

  it('in a body that is nested three thousand deep is refused', async () => {
    const deep = `${'['.repeat(3_000)}${']'.repeat(3_000)}`
    for (const path of ['/v1/posts', '/v1/posts/validate']) {
      const response = await fetch(`${dev.gatewayUrl}${path}`, {
        method: 'POST',
        headers: { ...auth, 'content-type': 'application/json', 'idempotency-key': 'deep' },
        body: `{"text":"x","targets":[],"parts":${deep}}`,
      })
      expect(response.status).toBe(422)
    }
  })

  it.each(['0x10', '1e1', '1.0', '+1', '', '0', '101'])(
    'for %j items is refused',
    async (limit) => {
      const { status } = await api('GET', `/v1/posts?limit=${encodeURIComponent(limit)}`)
      expect(status).toBe(422)
    },
  )

  it.each([
    '/v1/posts?chanelId=x',
    '/v1/me?x=1',
    '/v1/posts?limit=1&limit=2',
    '/v1/audit-events?from=x',
  ])('by a parameter that nobody knows is refused: %s', async (path) => {
    const { status, body } = await api<Problem>('GET', path)
    expect([status, body.code]).toEqual([422, 'invalid_input'])
  })

  it.each(['constructor', 'toString', '__proto__'])('with a field %s is refused', async (field) => {
    const body = `{"text":"سلام","targets":[],"${field}":{"x":1}}`
    const headers = { ...auth, 'content-type': 'application/json', 'idempotency-key': field }
    const response = await fetch(`${dev.gatewayUrl}/v1/posts`, { method: 'POST', headers, body })
    expect(response.status).toBe(422)
  })

  it('without a body may say that it is JSON', async () => {
    const { body } = await draft({ schedule: { at: '2029-03-21T09:00:00Z' } })
    const json = { 'content-type': 'application/json' }
    const cancelled = await fetch(`${dev.gatewayUrl}/v1/posts/${body.id}/cancel`, {
      method: 'POST',
      headers: { ...auth, ...json, 'idempotency-key': `cancel-${body.id}` },
    })
    expect(cancelled.status).toBe(200)
  })
})

describe('a refusal', () => {
  it.each([
    ['a broken address', 'GET', '/v1/posts/%zz', 400],
    ['an id of a thousand letters', 'GET', `/v1/posts/${'a'.repeat(1_000)}`, 422],
    ['nothing there', 'GET', '/v1/nothing', 404],
    ['a method that is not there', 'PUT', '/v1/posts', 405],
    ['a method that nobody knows here', 'PROPFIND', '/v1/posts', 405],
  ])('is a problem for %s', async (_what, method, path, status) => {
    const response = await ask(method, path)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ status, code: expect.any(String) })
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['an unknown method', 'FOO /v1/posts HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    [
      'headers of 20 kB',
      `GET /v1/me HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    [
      'an address of 20 kB',
      `GET /v1/posts?x=${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
    ],
    [
      'broken chunks',
      `POST /v1/posts HTTP/1.1\r\nHost: x\r\nAuthorization: ${auth.authorization}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`,
      400,
    ],
  ])('is a problem for %s', async (_what, bytes, status) => {
    const answer = await sendRaw(bytes)
    expect(answer.status).toBe(status)
    expect(answer.head).toContain('application/problem+json')
    expect(answer.head).toContain('x-content-type-options: nosniff')
    expect(JSON.parse(answer.body)).toMatchObject({ status })
  })

  it('names the methods that there are, and so does OPTIONS', async () => {
    const wrong = await ask('PUT', '/v1/posts')
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
    const options = await ask('OPTIONS', '/v1/posts/post_01k00000000000000000000000')
    expect(options.status).toBe(204)
    expect(options.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH')
    expect((await ask('OPTIONS', '/v1/nothing')).status).toBe(404)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'of a body of %s is 415',
    async (type) => {
      const headers = { ...auth, 'content-type': type }
      const response = await fetch(`${dev.gatewayUrl}/v1/posts`, {
        method: 'POST',
        headers,
        body: 'a=b',
      })
      expect(response.status).toBe(415)
      expect(await response.json()).toMatchObject({ code: 'unsupported_media_type' })
    },
  )

  it('says how one may prove who one is', async () => {
    const response = await fetch(`${dev.gatewayUrl}/v1/me`)
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="Hamava"',
    ])
  })

  it.each([
    ['fa', true],
    ['fa-IR,fa;q=0.9,en;q=0.8', true],
    ['de, fa;q=0.9', true],
    ['en;q=0.5, fa', true],
    ['fan', false],
    ['en, fa;q=0.9', false],
    ['fa;q=0', false],
    ['*', false],
  ])('speaks the language that %j asks for, to the last field', async (language, isPersian) => {
    const headers = { 'accept-language': language }
    const { body } = await api<Problem>('POST', '/v1/posts', { text: 5, targets: [] }, headers)
    const persian = /[\u0600-\u06ff]/
    expect(
      [body.detail, body.errors?.[0]?.message].map((text) => persian.test(text ?? '')),
    ).toEqual([isPersian, isPersian])
  })
})

describe('a conditional request', () => {
  const read = async (id: string) => ask('GET', `/v1/posts/${id}`)
  const edit = (id: string, ifMatch: string, text: string) =>
    api<Problem>('PATCH', `/v1/posts/${id}`, { text }, { 'if-match': ifMatch })

  it('that knows what is shown gets 304, in every form of the header', async () => {
    const { body } = await draft()
    const etag = (await read(body.id)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"1\.[0-9a-f]{16}"$/)
    for (const tags of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await ask('GET', `/v1/posts/${body.id}`, { 'if-none-match': tags })
      expect([tags, again.status, await again.text()]).toEqual([tags, 304, ''])
      expect(again.headers.get('etag')).toBe(etag)
    }
    const other = await ask('GET', `/v1/posts/${body.id}`, { 'if-none-match': '"1"' })
    expect(other.status).toBe(200)
  })

  it('is told what has changed without a new version: its publications', async () => {
    const { body } = await draft({ schedule: { at: '2029-03-21T09:00:00Z' } })
    const before = (await read(body.id)).headers.get('etag') ?? ''
    const { publications } = (await (await read(body.id)).json()) as { publications: Post[] }
    await api('POST', '/v1/publications/reschedule', {
      publicationIds: publications.map(({ id }) => id),
      at: '2029-03-22T09:00:00Z',
      everySeconds: 0,
    })
    const after = await ask('GET', `/v1/posts/${body.id}`, { 'if-none-match': before })
    expect(after.status).toBe(200)
    expect(after.headers.get('etag')).not.toBe(before)
  })

  it('changes what is still of the version that was read', async () => {
    const { body } = await draft()
    const etag = (await read(body.id)).headers.get('etag') ?? ''
    expect((await edit(body.id, etag, 'دوم')).status).toBe(200)
    expect((await edit(body.id, `"x", "2.abc"`, 'سوم')).status).toBe(200)
    expect((await edit(body.id, '*', 'چهارم')).status).toBe(200)
    for (const stale of [etag, `W/"4"`, '"nobody"', '"1", "2"']) {
      const refused = await edit(body.id, stale, 'نه')
      expect([stale, refused.status, refused.body.code]).toEqual([stale, 412, 'stale'])
      expect(refused.headers.get('etag')).toBe((await read(body.id)).headers.get('etag'))
    }
    for (const broken of ['0x4', '4', '"4', 'W/4']) {
      expect([broken, (await edit(body.id, broken, 'نه')).status]).toEqual([broken, 400])
    }
  })

  it('shows a picture that a reader has kept only to who may still see it', async () => {
    const path = `/v1/assets/${await upload('دماوند')}/content`
    const first = await ask('GET', path)
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    expect((await first.arrayBuffer()).byteLength).toBeGreaterThan(0)
    const kept = { 'if-none-match': etag }
    expect((await ask('GET', path, kept)).status).toBe(304)
    expect((await ask('GET', path, { ...kept, authorization: '' })).status).toBe(401)
  })

  it('tells the current tag of everything that has a version', async () => {
    const { id } = await somebody('viewer')
    const changes: [string, object][] = [
      ['/v1/workspace', { name: 'نه' }],
      [`/v1/members/${id}`, { role: 'analyst' }],
    ]
    for (const [path, change] of changes) {
      const refused = await api('PATCH', path, change, { 'if-match': '"999"' })
      expect([path, refused.status]).toEqual([path, 412])
      expect(refused.headers.get('etag')).toBe((await ask('GET', path)).headers.get('etag'))
    }
  })
})

it('answers HEAD as GET, without the body', async () => {
  for (const path of ['/v1/posts', '/v1/me', '/v1/workspace', '/v1/channels', '/v1/openapi.json']) {
    const [get, head] = [await ask('GET', path), await ask('HEAD', path)]
    expect([path, head.status, await head.text()]).toEqual([path, get.status, ''])
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'))
  }
})

describe('a login', () => {
  const body = JSON.stringify({ email: dev.email, password: dev.password })
  const login = (headers: Record<string, string>) =>
    fetch(`${dev.gatewayUrl}/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
  ])('that another site sends is refused: %j', async (headers) => {
    const response = await login(headers)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'cross_site' })
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  it('from our own page, or a program, is taken', async () => {
    expect((await login({ origin: dev.gatewayUrl, 'sec-fetch-site': 'same-origin' })).status).toBe(
      200,
    )
    expect((await login({})).status).toBe(200)
  })
})
