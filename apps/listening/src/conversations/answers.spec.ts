import { aPublication } from '@hamava/bus/testing'
import {
  answerConversation,
  type Channel,
  conversationChanged,
  dropAnswer,
  getConversation,
  type Message,
  messageSubmitted,
  type PublicationState,
  publicationChanged,
  publicationPublished,
  type Reason,
  systemContext,
} from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ListeningWorld, listeningWorld } from '../testing/listening-world.ts'

const person = { handle: 'sara', name: 'سارا' }

describe('answering', () => {
  let world: ListeningWorld
  let accounts = 0

  beforeAll(async () => {
    world = await listeningWorld()
  })
  afterAll(() => world?.close())

  /** A channel to which somebody has written. */
  const written = async (...texts: string[]) => {
    accounts += 1
    const handle = `answers-${accounts}`
    const { channel, token } = await world.connect(handle)
    for (const text of texts) await world.write('messages', { handle, text, from: person })
    const conversation = await world.thread(channel.id, texts.length)
    const answer = (text: string, replyTo?: string) =>
      world.ask(answerConversation, {
        id: conversation.id,
        message: { text, ...(replyTo ? { replyTo } : {}) },
      })
    /** What publishing does: it puts the answer on the network. */
    const send = (text: string) => world.writeAs(token, '/messages', { to: person.handle, text })
    const read = () => world.ask(getConversation, { id: conversation.id })
    return { channel, conversation, answer, send, read }
  }

  it('hands the answer to publishing, in one transaction with the message', async () => {
    const { channel, conversation, answer, read } = await written('hi', 'hello?')
    const message = await answer('سپاس از پیام شما!')
    expect(message).toMatchObject({ direction: 'out', state: 'planned', remoteId: null })
    expect((await world.said(messageSubmitted)).at(-1)).toMatchObject({
      messageId: message.id,
      conversationId: conversation.id,
      publicationId: message.publicationId,
      channelId: channel.id,
      text: 'سپاس از پیام شما!',
      ref: { to: 'sara' },
    })
    expect((await world.said(conversationChanged)).at(-1)).toMatchObject({
      action: 'message_submitted',
      before: { messageCount: 2 },
      after: { messageCount: 3, excerpt: 'سپاس از پیام شما!' },
      message: { id: message.id },
    })
    expect((await read()).messages.map(({ text }) => text)).toEqual([
      'hi',
      'hello?',
      'سپاس از پیام شما!',
    ])
  })

  it('takes no answer that the network would not, and says why', async () => {
    const { answer, read } = await written('hi')
    const refused = answer('ب'.repeat(1_001))
    await expect(refused).rejects.toMatchObject({
      code: 'answer_not_ready',
      params: { detailFa: expect.stringContaining('۱٬۰۰۰') },
    })
    expect(await read()).toMatchObject({ messageCount: 1 })
    expect(await answer('ب'.repeat(1_000))).toMatchObject({ state: 'planned' })
  })

  it('counts what is added, and the limits of the channel itself', async () => {
    const { channel, conversation, answer } = await written('hi')
    await world.query("update conversations set network = 'mastodon' where id = $1", [
      conversation.id,
    ])
    const ref = { value: { id: '1', acct: 'reader', visibility: 'public' } }
    await world.query('update messages set ref = $2 where conversation_id = $1', [
      conversation.id,
      ref,
    ])
    const limit = (textMax: number) =>
      world.query('update sources set limits = $2 where channel_id = $1', [channel.id, { textMax }])
    await limit(20)
    // “@reader ” stands before it.
    await expect(answer('ب'.repeat(13))).rejects.toMatchObject({
      code: 'answer_not_ready',
      params: { detailEn: expect.stringContaining('@reader') },
    })
    await answer('ب'.repeat(12))
    // Mentioned already, they are not mentioned again.
    await answer(`@reader ${'ب'.repeat(12)}`)
    await limit(21)
    await answer('ب'.repeat(13))
  })

  it('lets an answer that failed be written otherwise and sent, or dropped', async () => {
    const { channel, answer, read, conversation } = await written('first', 'second')
    const [first] = (await read()).messages
    const failed = await answer('too long', first?.id)
    const why = { en: 'Too long', fa: 'بلند است' }
    const reason = { code: 'text_too_long', message: why, fix: why }
    await tell(channel, failed, 'failed', 5, reason)
    expect(await state(read, failed, 'failed')).toMatchObject({ reason: { message: why } })
    const replacing = { text: 'short', replaces: failed.id }
    const one = { id: conversation.id }
    // Refused for its own sake, it leaves the other as it was.
    await expect(
      world.ask(answerConversation, { ...one, message: { ...replacing, text: 'ب'.repeat(1_001) } }),
    ).rejects.toMatchObject({ code: 'answer_not_ready' })
    expect(world.grants.settled).toEqual([])
    // With a key, as it comes from the gateway: it is one act, done once.
    const once = { key: newId('event'), fingerprint: 'the same' }
    const submit = () =>
      world.ask(answerConversation, { ...one, message: replacing }, world.call, once)
    const shorter = await submit()
    expect((await submit()).id).toBe(shorter.id)
    expect(world.grants.settled).toMatchObject([
      { id: failed.publicationId, resolution: { action: 'give_up' } },
    ])
    expect(await state(read, failed, 'cancelled')).toBeTruthy()
    const said = (await world.said(messageSubmitted)).filter(
      ({ conversationId }) => conversationId === conversation.id,
    )
    expect(said.map(({ text, ref }) => ({ text, ref }))).toEqual([
      { text: 'too long', ref: said[0]?.ref },
      { text: 'short', ref: said[0]?.ref },
    ])
    // Somebody else had it open, too: what took its place stays the only one.
    await expect(
      world.ask(answerConversation, { ...one, message: { ...replacing, text: 'other' } }),
    ).rejects.toMatchObject({ code: 'publication_state' })
    // While it may be out, nothing takes its place.
    await tell(channel, shorter, 'unconfirmed', 2)
    await state(read, shorter, 'unconfirmed')
    await expect(
      world.ask(answerConversation, { ...one, message: { text: 'x', replaces: shorter.id } }),
    ).rejects.toMatchObject({ code: 'publication_state' })
    await tell(channel, shorter, 'failed', 3)
    await state(read, shorter, 'failed')
    const drop = () => world.ask(dropAnswer, { ...one, messageId: shorter.id })
    expect(await drop()).toMatchObject({ state: 'cancelled' })
    expect(await drop()).toMatchObject({ state: 'cancelled' })
    expect(world.grants.settled).toHaveLength(2)
    const stranger = systemContext(newId('workspace'), 'gateway')
    await expect(
      world.ask(dropAnswer, { ...one, messageId: shorter.id }, stranger),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it('follows the newest state that publishing tells, and published stays', async () => {
    const { channel, answer, read } = await written('hi')
    const message = await answer('yes')
    await tell(channel, message, 'held', 5)
    await state(read, message, 'held')
    await tell(channel, message, 'sending', 3)
    await publish(channel, message, 'm_told')
    const done = await state(read, message, 'published')
    expect(done).toMatchObject({ remoteId: 'm_told', permalink: 'https://sandbox/m_told' })
    await tell(channel, message, 'sending', 9)
    await tell(channel, message, 'failed', 10)
    await world.settle(channel.id)
    expect(await state(read, message, 'published')).toEqual(done)
  })

  it('does not double an answer that the network shows after publishing told of it', async () => {
    const { channel, answer, send, read } = await written('hi')
    const message = await answer('here you are')
    // Told of before any reading can see it.
    await world.query('update sources set is_active = false where channel_id = $1', [channel.id])
    const remoteId = await send('here you are')
    await publish(channel, message, remoteId)
    await state(read, message, 'published')
    await world.query('update sources set is_active = true where channel_id = $1', [channel.id])
    await world.settle(channel.id)
    expect((await read()).messages).toMatchObject([{ text: 'hi' }, { id: message.id, remoteId }])
  })

  it('knows its answer again when the network shows it first', async () => {
    const { channel, answer, send, read } = await written('hi')
    const message = await answer('here you are')
    const remoteId = await send('here you are')
    await eventually('the answer seen', async () => (await read()).messages[1]?.remoteId)
    expect(await read()).toMatchObject({ messageCount: 2, messages: [{}, { id: message.id }] })
    await publish(channel, message, remoteId)
    expect(await state(read, message, 'published')).toMatchObject({ remoteId })
    expect((await read()).messageCount).toBe(2)
  })

  it('merges an answer that the network shows first and in other words', async () => {
    const { channel, answer, send, read } = await written('hi')
    const message = await answer('here you are')
    const remoteId = await send('@sara here you are')
    await world.thread(channel.id, 3)
    await publish(channel, message, remoteId)
    expect(await state(read, message, 'published')).toMatchObject({ remoteId })
    expect(await read()).toMatchObject({ messageCount: 2, messages: [{}, { id: message.id }] })
  })

  it('gives each of two equal answers its own id', async () => {
    const { channel, answer, send, read } = await written('hi')
    const [one, two] = [await answer('thanks'), await answer('thanks')]
    // The second is on the network first, so that the guess is wrong.
    const [second, first] = [await send('thanks'), await send('thanks')]
    await eventually('both seen', async () =>
      (await read()).messages.slice(1).every(({ remoteId }) => remoteId),
    )
    await publish(channel, one, first)
    await publish(channel, two, second)
    expect(await state(read, one, 'published')).toMatchObject({ remoteId: first })
    expect(await state(read, two, 'published')).toMatchObject({ remoteId: second })
    expect((await read()).messageCount).toBe(3)
  })

  it('keeps what the channel writes by other means, and does not open for it', async () => {
    const { channel, conversation, send } = await written('hi')
    await world.query("update conversations set state = 'done' where id = $1", [conversation.id])
    await send('written on the network itself')
    const { messages, state: now } = await world.thread(channel.id, 2)
    expect(messages[1]).toMatchObject({ direction: 'out', state: 'published', publicationId: null })
    expect(now).toBe('done')
  })

  it('answers the message that was chosen, else the newest that came in', async () => {
    const { channel, token } = await world.connect('commented')
    const postId = await world.writeAs(token, '/posts', { text: 'a post' })
    const first = await world.write('comments', { postId, text: 'first' })
    const second = await world.write('comments', { postId, text: 'second' })
    const { id, messages } = await world.thread(channel.id, 2)
    const answer = (text: string, replyTo?: string) =>
      world.ask(answerConversation, { id, message: { text, ...(replyTo ? { replyTo } : {}) } })
    const answered = async () => (await world.said(messageSubmitted)).at(-1)?.ref
    const own = await answer('to the newest')
    expect(await answered()).toEqual({ postId: second })
    await answer('to the first', messages[0]?.id)
    expect(await answered()).toEqual({ postId: first })
    await expect(answer('?', newId('message'))).rejects.toMatchObject({ code: 'not_found' })
    await expect(answer('?', own.id)).rejects.toMatchObject({ code: 'cannot_answer' })
  })

  it('refuses where nothing can be answered', async () => {
    const { conversation, answer } = await written('hi')
    await world.query(`update messages set ref = '{"value": null}' where conversation_id = $1`, [
      conversation.id,
    ])
    await expect(answer('hello?')).rejects.toMatchObject({ code: 'cannot_answer' })
    expect((await world.said(messageSubmitted)).at(-1)?.text).not.toBe('hello?')
  })

  const state = (read: () => Promise<{ messages: Message[] }>, { id }: Message, wanted: string) =>
    eventually(`the answer ${wanted}`, async () =>
      (await read()).messages.find((message) => message.id === id && message.state === wanted),
    )

  const publish = (channel: Channel, message: Message, remoteId: string) =>
    world.say(publicationPublished, {
      publicationId: message.publicationId ?? '',
      kind: 'message',
      postId: null,
      messageId: message.id,
      conversationId: message.conversationId,
      channelId: channel.id,
      network: channel.network,
      remoteId,
      permalink: `https://sandbox/${remoteId}`,
      ref: { id: remoteId },
      publishedAt: new Date().toISOString(),
    })

  const tell = (
    channel: Channel,
    message: Message,
    to: PublicationState,
    revision: number,
    reason: Reason | null = null,
  ) => {
    const publicationId = message.publicationId ?? ''
    return world.say(publicationChanged, {
      publicationId,
      before: null,
      after: aPublication({
        id: publicationId,
        workspaceId: world.call.workspaceId,
        kind: 'message',
        postId: null,
        messageId: message.id,
        channelId: channel.id,
        network: channel.network,
        state: to,
        revision,
        reason,
      }),
    })
  }
})
