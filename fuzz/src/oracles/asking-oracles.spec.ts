import { describe, expect, it } from '@jest/globals'
import type { Answer } from '../sending/http.ts'
import { anId, aWorld, hiddenId, kept, visibleId } from '../testing/a-world.ts'
import { anAnswer, anExchange, aProblem, type Given } from '../testing/an-exchange.ts'
import { answering } from '../testing/answering.ts'
import { conditionalReads } from './conditional-reads.ts'
import { cursorWalks } from './cursor-walks.ts'
import type { Asking } from './oracle.ts'
import { otherMethods } from './other-methods.ts'
import { raisedRights } from './raised-rights.ts'
import { replays } from './replays.ts'
import { stored, takenAway } from './stored.ts'
import { takeSnapshot, unchanged } from './unchanged.ts'

type Answering = Parameters<typeof answering>[0]

const ask = (
  asks: Asking,
  operation: string,
  answer: Answer,
  given: Given,
  system: Answering = () => ({ status: 404 }),
) =>
  answering(system, async (url) => {
    const found = await asks(anExchange(operation, answer, { ...given, world: aWorld(url) }))
    return found.map(({ oracle, what }) => `${oracle}: ${what}`)
  })

const params = { id: anId('post') }

describe('who asks again', () => {
  const made = { id: anId('post', 'n'), text: 'x' }
  const given = { body: { text: 'x', targets: [] }, headers: { 'idempotency-key': 'k' } }
  const replaying =
    (other: number, replayed = 'true', body: object = made): Answering =>
    ({ method, body: sent }) => {
      if (method === 'GET') return { status: 200, body: { items: [], nextCursor: null } }
      if (sent.includes('x!')) return { status: other, body: aProblem(other) }
      return { status: 201, body, headers: { 'idempotency-replayed': replayed } }
    }

  it('is told the same once more, and nothing for another request', async () => {
    const right = replaying(422)
    expect(await ask(replays, 'createPost', anAnswer(201, made), given, right)).toEqual([])
  })

  it.each([
    ['another request with the same key is not refused with 422', replaying(201)],
    ['a replay does not say that it is one', replaying(422, 'false')],
    ['the same request again is answered otherwise', replaying(422, 'true', { id: 'other' })],
  ])('is told otherwise: %s', async (wrong, system) => {
    const found = await ask(replays, 'createPost', anAnswer(201, made), given, system)
    expect(found).toEqual([`replays: ${wrong}`])
  })
})

describe('who has read it already', () => {
  const answer = anAnswer(200, { id: anId('post') }, { etag: '"1"' })
  const reading =
    (matches: (tags: string) => boolean): Answering =>
    ({ headers }) =>
      matches(String(headers['if-none-match']))
        ? { status: 304, headers: { etag: '"1"' } }
        : { status: 200, body: answer.body, headers: { etag: '"1"' } }

  it('is told so in every form of the condition', async () => {
    const right = reading((tags) => tags === '*' || tags.includes('"1"'))
    expect(await ask(conditionalReads, 'getPost', answer, { params }, right)).toEqual([])
  })

  it('is sent it again', async () => {
    const wrong = reading((tags) => tags === '"1"')
    const found = await ask(conditionalReads, 'getPost', answer, { params }, wrong)
    expect(found).toContain('conditional: no 304 for If-None-Match of any')
    expect(found).toContain('conditional: no 304 for a weak If-None-Match of what is current')
  })
})

describe('HEAD and OPTIONS', () => {
  it('are known where GET is, or it is told', async () => {
    const answer = anAnswer(200, {})
    const found = await ask(otherMethods, 'listNetworks', answer, {}, () => ({ status: 404 }))
    expect(found).toEqual([
      'headers: HEAD answers 404 where GET answers 200',
      'headers: OPTIONS answers 404',
    ])
    expect(await ask(otherMethods, 'listNetworks', answer, {}, () => ({ status: 200 }))).toEqual([])
  })
})

describe('what was accepted', () => {
  const body = { text: 'x', tags: ['a'], targets: [{ channelId: visibleId }] }
  const shown = { id: anId('post'), ...body }
  const given = { body }

  it('is shown as it was sent', async () => {
    const system: Answering = () => ({ status: 200, body: shown })
    expect(await ask(stored, 'createPost', anAnswer(201, shown), given, system)).toEqual([])
  })

  it('is answered, and shown otherwise', async () => {
    const system: Answering = () => ({ status: 200, body: { ...shown, tags: [] } })
    const found = await ask(stored, 'createPost', anAnswer(201, shown), given, system)
    expect(found).toEqual(['stored: `tags` is shown otherwise than it was sent'])
  })

  it('was taken away, and is still there', async () => {
    const system: Answering = () => ({ status: 200, body: shown })
    const found = await ask(takenAway, 'deletePost', anAnswer(200, {}), { params }, system)
    expect(found).toEqual(['stored: what was taken away is still there'])
  })
})

describe('a walk through a list', () => {
  const ids = ['a', 'b', 'c', 'd'].map((letter) => anId('post', letter))
  const listing =
    (overlap: number): Answering =>
    ({ method, path }) => {
      if (method !== 'GET') return { status: 422 }
      const query = new URL(path, 'http://x').searchParams
      const from = Math.max(
        0,
        Number(query.get('cursor') ?? 0) - (query.has('cursor') ? overlap : 0),
      )
      const to = from + Number(query.get('limit'))
      const items = ids.slice(from, to).map((id) => ({ id }))
      return { status: 200, body: { items, nextCursor: to < ids.length ? String(to) : null } }
    }
  const answer = anAnswer(200, { items: ids.map((id) => ({ id })), nextCursor: null })

  it('tells of everything once', async () => {
    expect(await ask(cursorWalks, 'listPosts', answer, {}, listing(0))).toEqual([])
  })

  it('tells of something twice, or leaves it out', async () => {
    const twice = await ask(cursorWalks, 'listPosts', answer, {}, listing(1))
    expect(twice).toEqual(['cursors: a walk tells of one thing twice'])
    const out = await ask(cursorWalks, 'listPosts', answer, {}, listing(-1))
    expect(out).toEqual(['cursors: a walk leaves something out'])
  })
})

describe('who gives rights', () => {
  it.each([
    ['gives channels that the giver has not', 'addMember', { role: 'editor', channelIds: null }],
    [
      'gives channels that the giver has not',
      'addMember',
      { role: 'editor', channelIds: [hiddenId] },
    ],
    ['makes an owner without being one', 'addMember', { role: 'owner', channelIds: [visibleId] }],
    [
      'gives scopes that the giver has not',
      'createApiKey',
      { scopes: ['operations:read'], channelIds: [visibleId], expiresAt: null },
    ],
  ])('is told when one %s', async (wrong, operation, body) => {
    const found = await ask(raisedRights, operation, anAnswer(201, body), { caller: kept, body })
    expect(found).toEqual([`rights: ${wrong}`])
  })

  it('may give what they have', async () => {
    const body = { role: 'editor', channelIds: [visibleId] }
    const given = { caller: kept, body }
    expect(await ask(raisedRights, 'addMember', anAnswer(201, body), given)).toEqual([])
  })
})

describe('who was refused', () => {
  it('has changed nothing, or it is told', async () => {
    let text = 'before'
    const system: Answering = () => ({ status: 200, body: { id: params.id, text } })
    await answering(system, async (url) => {
      const world = aWorld(url)
      const one = anExchange('editPost', anAnswer(422, aProblem(422)), { world, params })
      const before = await takeSnapshot(world, one.draft)
      expect(await unchanged(one, before)).toEqual([])
      text = 'after'
      const [found] = await unchanged(one, before)
      expect(found).toMatchObject({ what: 'refused, and changed all the same' })
    })
  })
})
