import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { api, dev } from './stack/api.ts'
import { type Operation, operations } from './stack/openapi.ts'
import { ownWorkspace, sandboxChannels } from './stack/own-workspace.ts'
import { type Listening, listen } from './stack/read-feed.ts'
import { somebody } from './stack/somebody.ts'

type Headers = Record<string, string>
interface Made {
  id: string
  version: number
}
interface Post extends Made {
  publications: { id: string; channelId: string }[]
}
interface Page {
  items: Made[]
}

const every: Operation[] = await operations()
const atEnd = { local: '2029-03-21T09:00', zone: 'Asia/Tehran' }

let owner: Headers
/** By how a caller is kept to their one channel: a manager's session, and a key with all that an owner may. */
const kept: Record<string, Headers> = {}
let mine: string
let theirs: string
/** What the kept callers must never hear of: every id, by what it is. */
const hidden: Record<string, string> = {}
/** What they may read, by the path that shows it. */
const visible: Record<string, string> = {}
const heard: Record<string, Listening> = {}

beforeAll(async () => {
  ;({ owner } = await ownWorkspace('برند دو کاناله'))
  const [one, other] = await sandboxChannels(owner, 2)
  if (!one || !other) throw new Error('two channels were asked for')
  mine = one.id
  theirs = other.id
  hidden.channel = theirs
  const make = async <T = Made>(path: string, body: object): Promise<T> => {
    const made = await api<T>('POST', path, body, owner)
    if (made.status >= 300) throw new Error(`${path}: ${JSON.stringify(made.body)}`)
    return made.body
  }
  const me = await api<{ permissions: string[]; workspace: Made }>(
    'GET',
    '/v1/me',
    undefined,
    owner,
  )
  const scopes = me.body.permissions.filter((scope) => !scope.startsWith('operations:'))
  const key = { name: 'یک کانال', scopes, channelIds: [mine] }
  kept.key = {
    authorization: `Bearer ${(await make<{ secret: string }>('/v1/api-keys', key)).secret}`,
  }
  kept.manager = await managerOf(me.body.workspace.id, [mine])
  for (const [who, headers] of Object.entries(kept)) heard[who] = await listen(headers)

  const postTo = (text: string, ...channels: string[]) => {
    const targets = channels.map((channelId) => ({ channelId }))
    return make<Post>('/v1/posts', { text, targets, schedule: atEnd })
  }
  const there = await postTo('فقط آنجا', theirs)
  const both = await postTo('هر دو جا', mine, theirs)
  const here = await postTo('فقط اینجا', mine)
  // A post that has come over from a channel that they may not see.
  const moved = await postTo('از آنجا به اینجا', theirs)
  const toMine = { targets: [{ channelId: mine }] }
  await api('PATCH', `/v1/posts/${moved.id}`, toMine, { ...owner, 'if-match': '*' })
  Object.assign(hidden, {
    post: there.id,
    shared: both.id,
    publication: idOn(there, theirs),
    'publication of the shared post': idOn(both, theirs),
    'publication of the moved post': idOn(moved, theirs),
    hold: (
      await make<{ hold: Made }>('/v1/holds', {
        scope: { kind: 'channel', channelId: theirs },
        reason: 'a hold on another channel',
      })
    ).hold.id,
    key: (await make('/v1/api-keys', { name: 'همه', scopes: ['posts:read'] })).id,
    'key of another channel': (
      await make('/v1/api-keys', { name: 'آن', scopes: ['posts:read'], channelIds: [theirs] })
    ).id,
    conversation: await conversationOn(other.handle, theirs),
  })
  const members = await api<Page>('GET', '/v1/members', undefined, owner)
  const ownerId = members.body.items[0]?.id ?? ''
  Object.assign(visible, {
    '/v1/channels/{id}': mine,
    '/v1/posts/{id}': moved.id,
    '/v1/publications/{id}': idOn(here, mine),
    '/v1/conversations/{id}': await conversationOn(one.handle, mine),
    '/v1/holds/{id}': (
      await make<{ hold: Made }>('/v1/holds', {
        scope: { kind: 'channel', channelId: mine },
        reason: 'a hold on this channel',
      })
    ).hold.id,
    '/v1/members/{id}': ownerId,
  })
  // The last that is told: what was to be heard was heard by then.
  await postTo('پایان کار', mine)
})

afterAll(() => {
  for (const one of Object.values(heard)) one.stop()
})

const callers = ['key', 'manager'] as const
const whatIsTheirs = [
  '/v1/channels/{id}',
  '/v1/posts/{id}',
  '/v1/publications/{id}',
  '/v1/conversations/{id}',
  '/v1/holds/{id}',
  '/v1/members/{id}',
]
const ofWorkspace = every.filter(({ permission }) => permission !== 'public')

/** Lists that need to be told a span. */
const spans: Record<string, string> = {
  listCalendar: '?from=2029-03-01T00:00:00Z&to=2029-04-01T00:00:00Z',
}

describe.each(callers)('who is kept to one channel, by a %s', (who) => {
  const ask = (operation: Operation, path: string, body?: unknown) =>
    api<{ code?: string }>(operation.method, path, body, { ...kept[who], 'if-match': '*' })

  const reading = ofWorkspace.filter(
    ({ method, operationId }) => method === 'GET' && operationId !== 'streamEvents',
  )

  const lists = reading.filter(({ path }) => !path.includes('{'))
  it.each(lists.map((one) => [one.operationId, one] as const))(
    'reads nothing of others by %s',
    async (_id, operation) => {
      const path = `${operation.path}${spans[operation.operationId] ?? ''}`
      const { status, body } = await ask(operation, path)
      if (operation.permission.startsWith('operations:')) expect(status).toBe(403)
      else expect([status, hiddenIn(body)]).toEqual([200, []])
    },
  )

  const ofOne = reading.filter(({ path }) => whatIsTheirs.some((one) => path.startsWith(one)))
  it.each(ofOne.map((one) => [one.operationId, one] as const))(
    'reads nothing of others beside what is theirs, by %s',
    async (_id, operation) => {
      const name = whatIsTheirs.find((one) => operation.path.startsWith(one)) ?? ''
      const path = operation.path.replace('{id}', visible[name] ?? '')
      const { status, body } = await ask(operation, path)
      expect([status, hiddenIn(body)]).toEqual([200, []])
    },
  )

  const withId = ofWorkspace.filter(({ path }) => path.includes('{'))
  it.each(withId.map((one) => [one.operationId, one] as const))(
    'reaches nothing of others by %s',
    async (_id, operation) => {
      for (const id of foreignOf(operation.path)) {
        const path = operation.path.replace('{id}', id).replace('{messageId}', aMessage)
        const { status } = await ask(operation, path, bodyOf(operation))
        expect([path, status]).toEqual([path, statusOf(operation)])
      }
    },
  )

  const making = ofWorkspace.filter(({ method, path }) => method !== 'GET' && !path.includes('{'))
  it.each(making.map((one) => [one.operationId, one] as const))(
    'does nothing to others by %s',
    async (_id, operation) => {
      const attempts = attemptsOf[operation.operationId]
      if (!attempts) {
        throw new Error(
          `${operation.operationId} is new: say here what it must refuse who is kept to a channel`,
        )
      }
      for (const attempt of attempts()) {
        const { status, body } = await ask(operation, operation.path, attempt.body)
        expect([attempt.body, status, body.code]).toEqual([
          attempt.body,
          attempt.status,
          attempt.code,
        ])
      }
    },
  )

  it('hears of what is theirs, and of nothing else', async () => {
    const listening = heard[who]
    if (!listening) throw new Error('nobody listened')
    await eventually('the last post', () => Promise.resolve(listening.text.includes('پایان کار')))
    expect(listening.text).toContain('فقط اینجا')
    expect(hiddenIn(listening.text)).toEqual([])
  })

  it('moves what others planned for several channels as little as it can read it', async () => {
    const { body } = await api<{ items: { id: string; postId: string }[] }>(
      'GET',
      '/v1/publications?limit=100',
      undefined,
      kept[who],
    )
    const shared = body.items.find(({ postId }) => postId === hidden.shared)
    const { status, body: problem } = await api<{ code: string }>(
      'POST',
      '/v1/publications/reschedule',
      { publicationIds: [shared?.id], at: '2029-04-01T00:00:00Z', everySeconds: 0 },
      kept[who],
    )
    expect([status, problem.code]).toEqual([403, 'other_channels_too'])
  })
})

it('is not told again what somebody was answered before they were kept to a channel', async () => {
  const me = await api<{ workspace: Made }>('GET', '/v1/me', undefined, owner)
  const manager = await managerOf(me.body.workspace.id, null)
  const { body: self } = await api<{ member: Made }>('GET', '/v1/me', undefined, manager)
  const post = { text: 'پیش از آن', targets: [{ channelId: theirs }] }
  const headers = { ...manager, 'idempotency-key': `before-${self.member.id}` }
  const first = await api<Made>('POST', '/v1/posts', post, headers)
  expect((await api<Made>('POST', '/v1/posts', post, headers)).body).toEqual(first.body)
  const path = `/v1/members/${self.member.id}`
  await api('PATCH', path, { channelIds: [mine] }, { ...owner, 'if-match': '*' })
  const again = await api<{ code: string }>('POST', '/v1/posts', post, headers)
  expect([again.status, again.body.code]).toEqual([422, 'idempotency_key_reused'])
})

it('left everything of others as it was', async () => {
  const path = (kind: string, id: string) => `/v1/${kind}/${id}`
  const read = async (kind: string, id = '') =>
    (await api<{ version: number }>('GET', path(kind, id), undefined, owner)).body
  expect(await read('posts', hidden.post)).toMatchObject({ version: 1, progress: 'scheduled' })
  expect(await read('posts', hidden.shared)).toMatchObject({ version: 1, progress: 'scheduled' })
  expect(await read('holds', hidden.hold)).toMatchObject({ releasedAt: null })
  expect(await read('channels', theirs)).toMatchObject({ health: 'ok' })
  const keys = await api<Page>('GET', '/v1/api-keys', undefined, owner)
  expect(keys.body.items.map(({ id }) => id)).toContain(hidden.key)
})

/** The kinds of hidden things in an answer; the shared post is one that its publications here may name. */
const hiddenIn = (body: unknown): string[] => {
  const text = JSON.stringify(body) ?? ''
  return Object.keys(hidden).filter(
    (kind) => kind !== 'shared' && text.includes(hidden[kind] ?? ''),
  )
}

function idOn({ publications }: Post, channelId: string): string {
  const found = publications.find((one) => one.channelId === channelId)
  if (!found) throw new Error('the post has no publication there')
  return found.id
}

const aMessage = 'msg_01k00000000000000000000000'

/** Of what a path names: all that is there, and not the caller's. */
function foreignOf(path: string): string[] {
  const kinds: Record<string, string[]> = {
    '/v1/channels/': ['channel'],
    '/v1/posts/': ['post', 'shared'],
    '/v1/publications/': ['publication', 'publication of the shared post'],
    '/v1/holds/': ['hold'],
    '/v1/api-keys/': ['key', 'key of another channel'],
    '/v1/conversations/': ['conversation'],
  }
  const known = Object.keys(kinds).find((one) => path.startsWith(one))
  if (known) return (kinds[known] ?? []).map((kind) => hidden[kind] ?? '')
  if (path.startsWith('/v1/members/')) return [visible['/v1/members/{id}'] ?? '']
  // Assets belong to no channel, and these to no workspace.
  const others = ['/v1/assets/', '/v1/workspaces/', '/v1/operations/']
  if (others.some((one) => path.startsWith(one))) return []
  throw new Error(`${path} names something new: make one of it that is not the caller's`)
}

/** Everybody is on the list of members, but who may use other channels is not the caller's to change. */
const statusOf = ({ method, path, permission }: Operation) => {
  if (path.startsWith('/v1/members/')) return method === 'GET' ? 200 : 403
  return permission === 'person' ? 403 : 404
}

const bodyOf = ({ needsBody, example, operationId }: Operation): unknown => {
  if (!needsBody) return undefined
  if (operationId === 'editMember') return { channelIds: null }
  return JSON.parse(JSON.stringify(example).replaceAll(/ch_[0-9a-z]{26}/g, mine))
}

interface Attempt {
  body: unknown
  status: number
  code: string
}
const forbidden = (body: unknown): Attempt => ({ body, status: 403, code: 'channel_forbidden' })
const forAll = (body: unknown): Attempt => ({ body, status: 403, code: 'all_channels_needed' })
const nothing = () => []

/** What would reach beyond the caller's channel, for each operation that names no id in its path. */
const attemptsOf: Record<string, () => Attempt[]> = {
  createPost: () => [
    forbidden({ text: 'سلام', targets: [{ channelId: theirs }] }),
    forbidden({ text: 'سلام', targets: [{ channelId: mine }, { channelId: theirs }] }),
  ],
  validatePost: () => [forbidden({ text: 'سلام', targets: [{ channelId: theirs }] })],
  placeHold: () => [
    forbidden({ scope: { kind: 'channel', channelId: theirs }, reason: 'نه' }),
    forAll({ scope: { kind: 'workspace' }, reason: 'نه' }),
    forAll({ scope: { kind: 'network', network: 'sandbox' }, reason: 'نه' }),
    forAll({ scope: { kind: 'campaign', campaignId: 'x' }, reason: 'نه' }),
  ],
  reschedulePublications: () =>
    ['publication', 'publication of the shared post'].map((kind) => ({
      body: { publicationIds: [hidden[kind]], at: '2029-04-01T00:00:00Z', everySeconds: 0 },
      status: 404,
      code: 'not_found',
    })),
  addMember: () => [
    forbidden({
      email: 'x@example.org',
      name: 'x',
      password: 'یک گذرواژهٔ بلند',
      role: 'viewer',
      channelIds: [theirs],
    }),
  ],
  createApiKey: () => [forbidden({ name: 'x', scopes: ['posts:read'], channelIds: [theirs] })],
  setApprovalPolicy: () => [forAll({ approval: 'other_person' })],
  setLatePolicy: () => [forAll({ lateMinutes: 5 })],
  editWorkspace: () => [forAll({ name: 'دیگر', zone: 'UTC' })],
  createWorkspace: () => [{ body: { name: 'دیگر', zone: 'UTC' }, status: 403, code: 'forbidden' }],
  // Tried by the publishing service, with an account that is connected elsewhere and one that is new.
  connectChannel: nothing,
  startOAuth: nothing,
  finishOAuth: nothing,
  // They concern nobody's channels.
  uploadAsset: nothing,
  logout: nothing,
  setPreferences: nothing,
}

async function managerOf(workspaceId: string, channelIds: string[] | null): Promise<Headers> {
  const { email, password, name } = await somebody('viewer')
  await api('POST', '/v1/members', { email, name, role: 'manager', channelIds }, owner)
  const login = { email, password, workspaceId }
  const { body } = await api<{ token: string }>('POST', '/v1/login', login)
  return { authorization: `Bearer ${body.token}` }
}

/** Somebody writes to the account of a channel. */
async function conversationOn(handle: string, channelId: string): Promise<string> {
  await fetch(`${dev.sandboxUrl}/admin/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle, from: 'mina', text: 'سلام، یک پرسش دارم' }),
  })
  return eventually('a conversation', async () => {
    const path = `/v1/conversations?channelId=${channelId}`
    const { body } = await api<Page>('GET', path, undefined, owner)
    return body.items[0]?.id ?? null
  })
}
