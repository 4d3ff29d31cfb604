import {
  type Channel,
  channelChanged,
  conversationChanged,
  publicationPublished,
} from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ListeningWorld, listeningWorld } from '../testing/listening-world.ts'

const persian = 'سلام! «می‌خواهم» بدانم کِی می‌رسد؟ ۱۲۳ 🌱'

describe('listening to a channel', () => {
  let world: ListeningWorld

  beforeAll(async () => {
    world = await listeningWorld()
  })
  afterAll(() => world?.close())

  it('opens a conversation and tells of it, with the text as it was written', async () => {
    const { channel } = await world.connect('reader')
    await world.write('messages', { handle: 'reader', text: persian })
    const opened = await world.thread(channel.id, 1)
    expect(opened).toMatchObject({ kind: 'direct', state: 'open', network: 'sandbox' })
    expect(opened.messages).toMatchObject([{ direction: 'in', text: persian, state: 'received' }])
    expect(await world.said(conversationChanged)).toMatchObject([
      { action: 'opened', before: null, message: { text: persian } },
    ])
  })

  it('puts what belongs together into one conversation', async () => {
    const { channel } = await world.connect('threads')
    const texts = ['یک', 'دو', 'سه']
    for (const text of texts)
      await world.write('messages', { handle: 'threads', text, from: person })
    const { messages } = await world.thread(channel.id, 3)
    expect(messages.map(({ text }) => text)).toEqual(texts)
  })

  it('links comments to the post they are about, whichever comes first', async () => {
    const { channel, token } = await world.connect('poster')
    const early = await world.writeAs(token, '/posts', { text: 'first' })
    await world.write('comments', { postId: early, text: 'nice' })
    await world.thread(channel.id, 1)
    const first = await publish(channel, early)
    await eventually('a link made afterwards', async () => {
      const [found] = await world.conversations(channel.id)
      return found?.publicationId === first.publicationId && found.postId === first.postId
    })
    const late = await world.writeAs(token, '/posts', { text: 'second' })
    const second = await publish(channel, late)
    await eventually('the post', () =>
      world.query('select 1 from known_posts where remote_id = $1', [late]).then((r) => r[0]),
    )
    await world.write('comments', { postId: late, text: 'nice, too' })
    await eventually('a linked comment', async () =>
      (await world.conversations(channel.id)).find(
        ({ publicationId }) => publicationId === second.publicationId,
      ),
    )
  })

  it('hears everything once when two replicas and restarts share the work', async () => {
    const { channel } = await world.connect('shared')
    const second = await world.start()
    for (let round = 0; round < 4; round += 1) {
      for (let at = 0; at < 10; at += 1)
        await world.write('messages', { handle: 'shared', text: `${round}.${at}`, from: person })
      if (round === 1) await world.restart()
    }
    const { messages } = await world.thread(channel.id, 40)
    expect(new Set(messages.map(({ text }) => text)).size).toBe(40)
    await second.close()
  })

  it('opens a done conversation again when somebody writes', async () => {
    const { channel } = await world.connect('again')
    await world.write('messages', { handle: 'again', text: 'one', from: person })
    const { id } = await world.thread(channel.id, 1)
    await world.query("update conversations set state = 'done' where id = $1", [id])
    await world.write('messages', { handle: 'again', text: 'two', from: person })
    expect(await world.thread(channel.id, 2)).toMatchObject({ state: 'open', excerpt: 'two' })
  })

  it('loses nothing when storing fails in the middle', async () => {
    const { channel } = await world.connect('crash')
    await world.write('messages', { handle: 'crash', text: 'good', from: person })
    await world.thread(channel.id, 1)
    // The second message of a reading cannot be stored: neither may the first, nor the place behind both.
    await world.query(`create function refuse() returns trigger language plpgsql as
      $$ begin if new.text = 'bad' then raise 'not now'; end if; return new; end $$`)
    await world.query(
      'create trigger refuse before insert on messages for each row execute function refuse()',
    )
    await world.query('update sources set is_active = false where channel_id = $1', [channel.id])
    for (const text of ['next', 'bad'])
      await world.write('messages', { handle: 'crash', text, from: person })
    await world.query('update sources set is_active = true where channel_id = $1', [channel.id])
    await eventually('a reading that fails', () =>
      world
        .query<{ failures: number }>('select failures from sources where channel_id = $1', [
          channel.id,
        ])
        .then(([row]) => row && row.failures > 0),
    )
    expect((await world.conversations(channel.id))[0]?.messageCount).toBe(1)
    await world.query('drop trigger refuse on messages')
    const { messages } = await world.thread(channel.id, 3)
    expect(messages.map(({ text }) => text)).toEqual(['good', 'next', 'bad'])
  })

  it('takes over a source whose reader died', async () => {
    const { channel } = await world.connect('orphan')
    await world.settle(channel.id)
    await world.query(
      `update sources set lease_owner = 'dead', lease_until = now() + interval '1 second'
       where channel_id = $1`,
      [channel.id],
    )
    await world.write('messages', { handle: 'orphan', text: 'hello?', from: person })
    await world.thread(channel.id, 1)
  })

  it('stops when the channel is removed and goes on, without a gap, when it is back', async () => {
    const { channel } = await world.connect('leaver')
    await world.settle(channel.id)
    const removed = { channelId: channel.id, before: channel, after: null }
    await world.say(channelChanged, { ...removed, action: 'removed' })
    await active(channel.id, false)
    await world.write('messages', { handle: 'leaver', text: 'anyone?', from: person })
    const back = { channelId: channel.id, before: null, after: { ...channel, version: 3 } }
    await world.say(channelChanged, { ...back, action: 'reconnected' })
    await world.thread(channel.id, 1)
    // Told late, an older change has no effect.
    await world.say(channelChanged, { ...back, action: 'needs_reconnect', after: channel })
    await world.write('messages', { handle: 'leaver', text: 'still there?', from: person })
    await world.thread(channel.id, 2)
    await active(channel.id, true)
  })

  it('waits as long as the network asks, and gets over its troubles', async () => {
    const { channel } = await world.connect('troubled')
    await world.settle(channel.id)
    const asked = world.grants.asked
    const revoke = { kind: 'revoke_tokens', handle: 'troubled' }
    await world.post('/admin/faults', { ...revoke, forMs: 60_000 })
    await eventually('a refusal', () =>
      world
        .query<{ failures: number }>('select failures from sources where channel_id = $1', [
          channel.id,
        ])
        .then(([row]) => row && row.failures > 0),
    )
    await world.post('/admin/faults', { ...revoke, forMs: 1 })
    await world.write('messages', { handle: 'troubled', text: 'hello', from: person })
    await world.thread(channel.id, 1)
    expect(world.grants.asked).toBeGreaterThan(asked)
  })

  it('tells publishing when its access is gone for good, once', async () => {
    const { channel } = await world.connect('gone')
    await world.settle(channel.id)
    await world.post('/admin/faults', { kind: 'revoke_tokens', handle: 'gone' })
    const reported = () => world.grants.lost.filter((id) => id === channel.id).length
    await eventually('it is told', async () => reported() > 0)
    await eventually('a third refusal', () =>
      world
        .query<{ failures: number }>('select failures from sources where channel_id = $1', [
          channel.id,
        ])
        .then(([row]) => row && row.failures > 2),
    )
    expect(reported()).toBe(1)
  })

  it('tells when a channel cannot be read, since when and why, and when it can again', async () => {
    const { channel } = await world.connect('silent')
    await world.settle(channel.id)
    const begun = Date.now()
    const told = () => world.grants.reading.filter(({ id }) => id === channel.id)
    const granted = world.grants.of.get(channel.id)
    if (!granted) throw new Error('nothing granted')
    // Another server is there now, which knows of none of this.
    const credentials = { ...(granted.credentials as object), url: `${world.sandboxUrl}/nowhere` }
    world.grants.of.set(channel.id, { ...granted, credentials })
    const moved = { ...channel, version: 2 }
    const changed = { channelId: channel.id, before: channel, after: moved }
    await world.say(channelChanged, { ...changed, action: 'reconnected' })
    const [first] = await eventually('it is told', async () => told().length > 0 && told())
    expect(first?.unreadable?.reason.message.fa).toBeTruthy()
    expect(Date.parse(first?.unreadable?.since ?? '')).toBeGreaterThanOrEqual(begun)
    // What follows from telling is no new access: it is neither told nor tried again for that.
    await world.say(channelChanged, {
      ...changed,
      action: 'changed',
      before: moved,
      after: { ...moved, version: 3, unreadable: first?.unreadable ?? null },
    })
    world.grants.of.set(channel.id, granted)
    await world.say(channelChanged, {
      ...changed,
      action: 'reconnected',
      after: { ...moved, version: 4 },
    })
    await eventually('it can be read', async () => told().at(-1)?.unreadable === null)
    expect(told()).toHaveLength(2)
  })

  const person = { handle: 'sara', name: 'سارا' }

  const active = (channelId: string, isActive: boolean) =>
    eventually(`active: ${isActive}`, async () => {
      const sql = 'select 1 from sources where channel_id = $1 and is_active = $2'
      return (await world.query(sql, [channelId, isActive]))[0]
    })

  const publish = async (channel: Channel, remoteId: string) => {
    const body = {
      publicationId: newId('publication'),
      kind: 'post' as const,
      postId: newId('post'),
      messageId: null,
      conversationId: null,
      channelId: channel.id,
      network: channel.network,
      remoteId,
      permalink: null,
      ref: { id: remoteId },
      publishedAt: new Date().toISOString(),
    }
    await world.say(publicationPublished, body)
    return body
  }
})
