import { beforeAll, describe, expect, it } from '@jest/globals'
import { api, channelOn, dev, upload } from './stack/api.ts'
import { type Operation, operations } from './stack/openapi.ts'

/** What belongs to the demo workspace, one of each kind that a path can name. */
interface Belongings {
  [path: string]: string
}

interface Stranger {
  workspaceId: string
  apiKey: string
}

const everyOperation: Operation[] = await operations()
const guarded = everyOperation.filter((one) => one.permission !== 'public')
const withId = guarded.filter((one) => one.path.includes('{'))

/** Paths whose parameter names no belonging: a service, which every workspace has alike. */
const notBelongings = ['/v1/operations/{service}/dead-letters', '/v1/operations/{service}/outbox']

/** Of a conversation that is not the caller's, no message is looked for. */
const aMessage = 'msg_01k00000000000000000000000'

let belongings: Belongings
let stranger: Stranger
let channelId: string

beforeAll(async () => {
  const channel = await channelOn('sandbox', 'hamava')
  channelId = channel.id
  const asset = await upload('یک تصویر')
  const post = await api<{ id: string; publications: { id: string }[] }>('POST', '/v1/posts', {
    text: 'فرسته‌ای که کسی نباید ببیند',
    targets: [{ channelId }],
    schedule: { local: '2029-03-21T09:00', zone: 'Asia/Tehran' },
  })
  const members = await api<{ items: { id: string }[] }>('GET', '/v1/members')
  const keys = await api<{ items: { id: string }[] }>('GET', '/v1/api-keys')
  const me = await api<{ workspace: { id: string } }>('GET', '/v1/me')
  const conversation = await aConversation()
  const hold = await api<{ hold: { id: string } }>('POST', '/v1/holds', {
    scope: { kind: 'campaign', campaignId: 'nobody-elses' },
    reason: 'a hold that nobody else may see',
  })
  belongings = {
    '/v1/holds/{id}': hold.body.hold.id,
    '/v1/channels/{id}': channelId,
    '/v1/assets/{id}': asset,
    '/v1/posts/{id}': post.body.id,
    '/v1/publications/{id}': post.body.publications[0]?.id ?? '',
    '/v1/members/{id}': members.body.items[0]?.id ?? '',
    '/v1/api-keys/{id}': keys.body.items[0]?.id ?? '',
    '/v1/workspaces/{id}': me.body.workspace.id,
    '/v1/conversations/{id}': conversation,
    '/v1/operations/{service}/dead-letters/{id}': 'evt_01k00000000000000000000000',
  }
  stranger = await aStranger()
})

const call = (operation: Operation, key: string | null) => {
  const path = pathOf(operation)
  const body = operation.needsBody ? bodyOf(operation) : undefined
  const headers = { 'if-match': '"1"', authorization: key ? `Bearer ${key}` : '' }
  return api<{ code?: string }>(operation.method, path, body, headers)
}

describe('the API document', () => {
  it.each(everyOperation.map((one) => [one.operationId, one] as const))(
    'says of %s what it answers and how it refuses',
    (_id, { responses }) => {
      const statuses = Object.keys(responses)
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true)
      for (const [status, response] of Object.entries(responses)) {
        if (status !== '304') expect(Object.values(response.content ?? {})[0]?.schema).toBeDefined()
      }
      expect(responses.default?.content).toHaveProperty(['application/problem+json'])
    },
  )

  it('has an example of every body', () => {
    const bare = everyOperation.filter((one) => one.needsBody && !one.example)
    expect(bare.map((one) => one.operationId)).toEqual(['uploadAsset'])
  })
})

describe('nobody', () => {
  it.each(guarded.map((one) => [one.operationId, one] as const))(
    'can call %s without logging in',
    async (_id, operation) => {
      const { status, body } = await call(operation, null)
      expect([status, body.code]).toEqual([401, 'unauthenticated'])
    },
  )
})

describe('a key without the permission', () => {
  const scoped = guarded.filter((one) => !['logged-in', 'person'].includes(one.permission))
  const keys = new Map<string, Promise<string>>()

  it.each(scoped.map((one) => [one.operationId, one] as const))(
    'cannot call %s',
    async (_id, operation) => {
      const { permission } = operation
      if (!keys.has(permission)) keys.set(permission, aKeyWithout(permission))
      const { status, body } = await call(operation, (await keys.get(permission)) ?? '')
      expect([status, body.code]).toEqual([403, 'forbidden'])
    },
  )
})

describe('a key', () => {
  const forPeople = guarded.filter((one) => one.permission === 'person')

  it.each(forPeople.map((one) => [one.operationId, one] as const))(
    'cannot do what people do: %s',
    async (_id, operation) => {
      const { status, body } = await call(operation, dev.apiKey)
      expect([status, body.code]).toEqual([403, 'people_only'])
    },
  )
})

describe("another workspace's key", () => {
  it.each(withId.map((one) => [one.operationId, one] as const))(
    'finds nothing by %s',
    async (_id, operation) => {
      if (notBelongings.includes(operation.path)) return
      const { status } = await call(operation, stranger.apiKey)
      expect(status).toBe(operation.permission === 'person' ? 403 : 404)
    },
  )

  const lists = guarded.filter((one) => one.method === 'GET' && !one.path.includes('{'))
  it.each(lists.map((one) => [one.operationId, one] as const))(
    'sees nothing of ours in %s',
    async (_id, operation) => {
      if (operation.operationId === 'streamEvents') return
      const query = '?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z'
      const path = `${operation.path}${operation.operationId === 'listCalendar' ? query : ''}`
      const { body } = await api('GET', path, undefined, {
        authorization: `Bearer ${stranger.apiKey}`,
      })
      const seen = JSON.stringify(body)
      for (const [path, id] of Object.entries(belongings)) {
        // One person may belong to both workspaces: `me` then names both.
        if (operation.operationId === 'getMe' && path.startsWith('/v1/workspaces')) continue
        expect(seen).not.toContain(id)
      }
    },
  )

  it('cannot post to our channel', async () => {
    const { status, body } = await api<{ code: string }>(
      'POST',
      '/v1/posts',
      { text: 'سلام', targets: [{ channelId }], schedule: { now: true } },
      { authorization: `Bearer ${stranger.apiKey}` },
    )
    expect([status, body.code]).toEqual([404, 'not_found'])
  })
})

function pathOf({ path }: Operation): string {
  if (!path.includes('{')) return path
  if (notBelongings.includes(path)) return path.replace('{service}', 'content')
  const known = Object.keys(belongings)
    .filter((one) => path.startsWith(one))
    .sort((a, b) => b.length - a.length)[0]
  const id = known && belongings[known]
  if (!id) throw new Error(`${path} names something new: add one of it to the belongings`)
  return path.replace('{id}', id).replace('{service}', 'content').replace('{messageId}', aMessage)
}

function bodyOf({ example, operationId }: Operation): unknown {
  if (operationId === 'uploadAsset') return undefined
  return JSON.parse(JSON.stringify(example).replace(/ch_[0-9a-z]{26}/, channelId))
}

async function aKeyWithout(permission: string): Promise<string> {
  const me = await api<{ permissions: string[] }>('GET', '/v1/me')
  const scopes = me.body.permissions.filter((one) => one !== permission)
  const made = await api<{ secret: string }>('POST', '/v1/api-keys', { name: 'کلید تنگ', scopes })
  return made.body.secret
}

/** The same installation, another brand: its key may do everything, but there alone. */
async function aStranger(): Promise<Stranger> {
  const made = await api<{ id: string }>('POST', '/v1/workspaces', {
    name: 'برند دیگر',
    zone: 'UTC',
  })
  const login = await api<{ token: string }>('POST', '/v1/login', {
    email: dev.email,
    password: dev.password,
    workspaceId: made.body.id,
  })
  const headers = { authorization: `Bearer ${login.body.token}` }
  const me = await api<{ permissions: string[] }>('GET', '/v1/me', undefined, headers)
  const key = await api<{ secret: string }>(
    'POST',
    '/v1/api-keys',
    { name: 'بیگانه', scopes: me.body.permissions },
    headers,
  )
  return { workspaceId: made.body.id, apiKey: key.body.secret }
}

/** Somebody writes to us, so that there is a conversation that a stranger could find. */
async function aConversation(): Promise<string> {
  const { eventually } = await import('@hamava/service-kit/testing')
  await fetch(`${dev.sandboxUrl}/admin/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle: 'hamava', from: 'mina', text: 'سلام، یک پرسش دارم' }),
  })
  return eventually('a conversation', async () => {
    const { body } = await api<{ items: { id: string }[] }>('GET', '/v1/conversations')
    return body.items[0]?.id ?? null
  })
}
