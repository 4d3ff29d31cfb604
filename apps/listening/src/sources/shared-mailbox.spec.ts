import { aChannel } from '@hamava/bus/testing'
import { type Channel, channelChanged } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { type RunningFake, startFake } from '@hamava/networks/doubles'
import { eventually, sendUnguarded } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ListeningWorld, listeningWorld } from '../testing/listening-world.ts'

/** A Telegram bot in two channels: all it is told comes in one queue, which reading empties. */
describe('channels that share a mailbox', () => {
  let telegram: RunningFake
  let world: ListeningWorld
  let first: Channel
  let second: Channel

  beforeAll(async () => {
    telegram = await startFake('telegram')
    world = await listeningWorld({ HAMAVA_OUTBOUND_ALLOW: [telegram.url] })
    first = await connect('@hamava')
    second = await connect('@hamava_two')
  })
  afterAll(() => Promise.all([world?.close(), telegram?.close()]))

  const connect = async (chat: string) => {
    const tools = { send: sendUnguarded, now: () => new Date() }
    const connected = await connectorOf('telegram')?.connect.verify(
      { ...telegram.connect, chat },
      tools,
    )
    if (!connected) throw new Error('not connected')
    const channel = {
      ...aChannel(world.call.workspaceId, chat),
      network: 'telegram',
      externalId: connected.account.externalId,
    }
    await world.introduce(channel, connected.credentials, 'the-bot')
    await joined(channel)
    return channel
  }

  const joined = ({ id }: Channel) =>
    eventually('it knows its mailbox', async () => {
      const sql = "select 1 from sources where channel_id = $1 and mailbox = 'the-bot'"
      return (await world.query(sql, [id]))[0]
    })

  const say = async (what: 'comments' | 'messages' | 'mentions', body: object) => {
    const reply = await fetch(`${telegram.url}/__fake/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${what}: ${reply.status}`)
  }

  /** A post of the bot; gives its number. */
  const post = async (chat: string) => {
    const reply = await fetch(
      `${telegram.connect.apiUrl}/bot${telegram.connect.token}/sendMessage`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chat_id: chat, text: 'what do you think?' }),
      },
    )
    const { result } = (await reply.json()) as { result: { message_id: number } }
    return String(result.message_id)
  }

  const texts = async ({ id }: Channel, prefix: string) => {
    const rows = await world.query<{ text: string }>(
      'select text from messages where channel_id = $1 and text like $2',
      [id, `${prefix}%`],
    )
    return rows.map(({ text }) => text).sort()
  }

  const numbered = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${prefix}${at}`).sort()

  it('gives each channel its comments, once each, however many come at a time', async () => {
    const [mine, theirs] = [await post('@hamava'), await post('@hamava_two')]
    for (let round = 0; round < 20; round += 1) {
      const [a, b] = [`a${round}.`, `b${round}.`]
      const sixty = Array.from({ length: 60 }, (_, at) => ({ postId: mine, text: `${a}${at}` }))
      const five = Array.from({ length: 5 }, (_, at) => ({ postId: theirs, text: `${b}${at}` }))
      for (const comment of [...sixty, ...five].sort(() => Math.random() - 0.5))
        await say('comments', comment)
      await eventually(`round ${round}`, async () => {
        const heard = [...(await texts(first, a)), ...(await texts(second, b))]
        return heard.length >= 65
      })
      expect(await texts(first, a)).toEqual(numbered(a, 60))
      expect(await texts(second, b)).toEqual(numbered(b, 5))
      expect([...(await texts(first, b)), ...(await texts(second, a))]).toEqual([])
    }
  }, 120_000)

  it('shows private messages once, under the channel that was connected first', async () => {
    await say('messages', { text: 'خصوصی ۱', from: 'mina' })
    await say('messages', { text: 'خصوصی ۲', from: 'mina' })
    await eventually('both', async () => (await texts(first, 'خصوصی')).length === 2)
    expect(await texts(second, 'خصوصی')).toEqual([])
  })

  it('keeps what comes for a channel that is being connected', async () => {
    const removed = { channelId: second.id, before: second, after: null }
    await world.say(channelChanged, { ...removed, action: 'removed' })
    await eventually(
      'it is removed',
      async () =>
        (
          await world.query('select 1 from sources where channel_id = $1 and is_removed', [
            second.id,
          ])
        )[0],
    )
    const number = await post('@hamava_two')
    await say('comments', { postId: number, text: 'nobody listens' })
    await eventually('it is read', async () => {
      await say('messages', { text: 'marker', from: 'ali' })
      return (await texts(first, 'marker')).length > 0
    })
    // Nothing is taken out before it is known whose the newcomer's mailbox is.
    world.grants.of.delete(second.id)
    const after = { ...second, version: 3 }
    await world.query('update sources set mailbox = null where channel_id = $1', [second.id])
    await world.query(
      "update sources set next_poll_at = now() + interval '1 hour' where channel_id = $1",
      [second.id],
    )
    world.grants.of.set(second.id, {
      channel: after,
      credentials: world.grants.of.get(first.id)?.credentials,
      mailbox: 'the-bot',
    })
    await say('comments', { postId: number, text: 'welcome' })
    await world.say(channelChanged, {
      channelId: second.id,
      action: 'reconnected',
      before: null,
      after,
    })
    await eventually('it is heard', async () => (await texts(second, 'welcome')).length === 1)
    expect(await texts(second, 'nobody')).toEqual([])
  })

  it('goes on as one when its mark is another one, as after the key was changed', async () => {
    const again = { ...first, version: 2 }
    for (const channel of [again, { ...second, version: 4 }]) {
      const granted = world.grants.of.get(channel.id)
      if (granted) world.grants.of.set(channel.id, { ...granted, channel, mailbox: 'other-mark' })
    }
    await world.say(channelChanged, {
      channelId: first.id,
      action: 'changed',
      before: first,
      after: again,
    })
    await eventually('all have it', async () => {
      const sql = "select count(*)::int as count from sources where mailbox = 'other-mark'"
      return (await world.query<{ count: number }>(sql))[0]?.count === 2
    })
    const number = await post('@hamava_two')
    await say('comments', { postId: number, text: 'as before' })
    await eventually('it is heard', async () => (await texts(second, 'as before')).length === 1)
  })

  it('goes on when the one who read is gone, and loses nothing of the others', async () => {
    const number = await post('@hamava_two')
    const lost = { channelId: first.id, before: first, after: { ...first, version: 3 } }
    await world.say(channelChanged, { ...lost, action: 'needs_reconnect' })
    await say('comments', { postId: number, text: 'still there?' })
    await eventually('it is heard', async () => (await texts(second, 'still')).length === 1)
    // Who waits for a person has its share all the same.
    const mine = await post('@hamava')
    await say('comments', { postId: mine, text: 'later' })
    await eventually('it is kept', async () => (await texts(first, 'later')).length === 1)
  })
})
