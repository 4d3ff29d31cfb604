import { beforeAll, describe, expect, it } from '@jest/globals'
import { api, channelOn } from './stack/api.ts'

interface Problem {
  code: string
}

describe('a key that is kept to one channel', () => {
  let mine: string
  let other: string
  let headers: Record<string, string>

  beforeAll(async () => {
    mine = (await channelOn('sandbox', 'hamava')).id
    other = (await channelOn('sandbox', 'hamava-en')).id
    const me = await api<{ permissions: string[] }>('GET', '/v1/me')
    const key = await api<{ secret: string; prefix: string }>('POST', '/v1/api-keys', {
      name: 'یک کانال',
      scopes: me.body.permissions,
      channelIds: [mine],
    })
    expect(key.body.secret.startsWith(key.body.prefix)).toBe(true)
    headers = { authorization: `Bearer ${key.body.secret}` }
  })

  const post = (channelId: string) => ({ text: 'سلام', targets: [{ channelId }] })

  it('sees that channel and no other', async () => {
    const { body } = await api<{ items: { id: string }[] }>(
      'GET',
      '/v1/channels',
      undefined,
      headers,
    )
    expect(body.items.map((one) => one.id)).toEqual([mine])
    const hidden = await api<Problem>('GET', `/v1/channels/${other}`, undefined, headers)
    expect(hidden.status).toBe(404)
  })

  it('posts there and nowhere else', async () => {
    const allowed = await api('POST', '/v1/posts', post(mine), headers)
    expect(allowed.status).toBe(201)
    const refused = await api<Problem>('POST', '/v1/posts', post(other), headers)
    expect([refused.status, refused.body.code]).toEqual([403, 'channel_forbidden'])
  })

  it('cannot read a post for other channels', async () => {
    const { body } = await api<{ id: string }>('POST', '/v1/posts', post(other))
    const hidden = await api<Problem>('GET', `/v1/posts/${body.id}`, undefined, headers)
    expect(hidden.status).toBe(404)
  })

  it('cannot give another key more than it has', async () => {
    const wider = { name: 'گسترده', scopes: ['posts:read'], channelIds: [other] }
    const refused = await api<Problem>('POST', '/v1/api-keys', wider, headers)
    expect([refused.status, refused.body.code]).toEqual([403, 'channel_forbidden'])
  })
})

describe('a key that is used up or over', () => {
  const keyWith = async (change: object) => {
    const input = { name: 'کلید', scopes: ['posts:read'], ...change }
    const { body } = await api<{ id: string; secret: string }>('POST', '/v1/api-keys', input)
    return body
  }
  const read = (secret: string) =>
    api<Problem>('GET', '/v1/posts', undefined, { authorization: `Bearer ${secret}` })

  it('is refused once it is revoked', async () => {
    const key = await keyWith({})
    expect((await read(key.secret)).status).toBe(200)
    await api('DELETE', `/v1/api-keys/${key.id}`)
    expect((await read(key.secret)).status).toBe(401)
  })

  it('is refused once its time is over', async () => {
    const key = await keyWith({ expiresAt: new Date(Date.now() - 1_000).toISOString() })
    expect((await read(key.secret)).status).toBe(401)
  })

  it('says how much of its rate is left', async () => {
    const key = await keyWith({})
    const first = await read(key.secret)
    const second = await read(key.secret)
    const left = (answer: typeof first) =>
      Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])
    expect(first.headers.get('ratelimit-policy')).toMatch(/^"burst";q=\d+;w=60$/)
    expect(left(second)).toBe(left(first) - 1)
  })
})
