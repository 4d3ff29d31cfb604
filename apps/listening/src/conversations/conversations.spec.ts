import {
  type CallContext,
  conversationChanged,
  editConversation,
  getConversation,
  listConversations,
} from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ListeningWorld, listeningWorld } from '../testing/listening-world.ts'

describe('the inbox', () => {
  let world: ListeningWorld
  let first: string
  let second: string

  beforeAll(async () => {
    world = await listeningWorld()
    const one = await world.connect('inbox-one')
    const two = await world.connect('inbox-two')
    first = one.channel.id
    second = two.channel.id
    for (const name of ['ali', 'sara', 'reza', 'mina', 'omid'])
      await world.write('messages', {
        handle: 'inbox-one',
        text: `from ${name}`,
        from: { handle: name, name },
      })
    await world.write('mentions', { handle: 'inbox-two', text: 'see @inbox-two' })
    await world.thread(second, 1)
    await world.settle(first)
  })
  afterAll(() => world?.close())

  const texts = (items: { excerpt: string }[]) => items.map(({ excerpt }) => excerpt)

  it('lists pages, the newest message first', async () => {
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await world.ask(listConversations, {
        channelId: first,
        limit: 2,
        ...(cursor ? { cursor } : {}),
      })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...texts(page.items))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toEqual(['omid', 'mina', 'reza', 'sara', 'ali'].map((name) => `from ${name}`))
  })

  it('filters by kind, state and channel', async () => {
    const mentions = await world.ask(listConversations, { kind: 'mention' })
    expect(mentions.items).toMatchObject([{ channelId: second, kind: 'mention' }])
    expect((await world.ask(listConversations, { state: 'done' })).items).toEqual([])
    expect((await world.ask(listConversations, { state: 'open' })).items).toHaveLength(6)
    expect((await world.ask(listConversations, { channelId: second })).items).toHaveLength(1)
  })

  it('hides channels and workspaces that are not the caller’s', async () => {
    const limited: CallContext = { ...world.call, channelIds: [second] }
    const stranger: CallContext = { ...world.call, workspaceId: newId('workspace') }
    const [hidden] = await world.conversations(first)
    if (!hidden) throw new Error('no conversation')
    expect((await world.ask(listConversations, {}, limited)).items).toHaveLength(1)
    expect((await world.ask(listConversations, {}, stranger)).items).toEqual([])
    const { id, version } = hidden
    for (const who of [limited, stranger]) {
      const notFound = { code: 'not_found' }
      await expect(world.ask(getConversation, { id }, who)).rejects.toMatchObject(notFound)
      const edit = { id, versions: [version], changes: { state: 'done' as const } }
      await expect(world.ask(editConversation, edit, who)).rejects.toMatchObject(notFound)
    }
  })

  it('is edited on the version that was read, and tells of it', async () => {
    const [found] = await world.conversations(first)
    if (!found) throw new Error('no conversation')
    const edit = { id: found.id, versions: [found.version], changes: { state: 'done' as const } }
    const done = await world.ask(editConversation, edit)
    expect(done).toMatchObject({ state: 'done', version: found.version + 1 })
    await expect(world.ask(editConversation, edit)).rejects.toMatchObject({
      code: 'stale',
      params: { sent: String(found.version), current: String(done.version) },
    })
    expect((await world.said(conversationChanged)).at(-1)).toMatchObject({
      action: 'edited',
      before: { state: 'open' },
      after: { state: 'done' },
      message: null,
    })
  })

  it('refuses a cursor that is none', async () => {
    const asked = world.ask(listConversations, { cursor: 'nonsense' })
    await expect(asked).rejects.toMatchObject({ code: 'bad_cursor' })
  })
})
