import { aChannel } from '@hamava/bus/testing'
import { receiveWebhook } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { type RunningFake, startFake } from '@hamava/networks/doubles'
import { eventually, sendUnguarded } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ListeningWorld, listeningWorld } from '../testing/listening-world.ts'

interface SourceState {
  url: string | null
  token: string
  secret: string
  failures: number
  rests: boolean
}

/** Telegram takes https addresses alone, and refuses to be polled while it has one. */
describe('a network that sends instead of being polled', () => {
  let telegram: RunningFake
  let world: ListeningWorld

  beforeAll(async () => {
    telegram = await startFake('telegram')
  })
  afterAll(() => telegram?.close())

  const start = async (publicUrl: string) => {
    world = await listeningWorld({
      PUBLIC_URL: publicUrl,
      HAMAVA_OUTBOUND_ALLOW: [telegram.url],
    })
    const tools = { send: sendUnguarded, now: () => new Date() }
    const connected = await connectorOf('telegram')?.connect.verify(telegram.connect, tools)
    const channel = { ...aChannel(world.call.workspaceId, 'tg'), network: 'telegram' }
    await world.introduce(channel, connected?.credentials)
    return channel
  }

  const stateOf = async (channelId: string) => {
    const sql = `select webhook_url as url, webhook_token as token, webhook_secret as secret, failures,
        next_poll_at > now() + interval '30 minutes' as rests
      from sources where channel_id = $1`
    return (await world.query<SourceState>(sql, [channelId]))[0]
  }

  const comment = (text: string) =>
    fetch(`${telegram.url}/__fake/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    })

  it('is polled where our address is not https', async () => {
    const channel = await start('http://127.0.0.1:9')
    await comment('سلام')
    const { messages } = await world.thread(channel.id, 1)
    expect(messages).toMatchObject([{ text: 'سلام' }])
    expect(await stateOf(channel.id)).toMatchObject({ url: null, rests: false })
    await world.close()
  })

  it('is not polled once it knows our https address', async () => {
    const channel = await start('https://hamava.example.org')
    const source = await eventually('a rest from polling', async () => {
      const state = await stateOf(channel.id)
      return state?.rests ? state : null
    })
    expect(source.url).toBe(`https://hamava.example.org/v1/hooks/${source.token}`)
    expect(source.failures).toBe(0)
    const person = { id: 77, is_bot: false, first_name: 'سارا', username: 'sara' }
    const message = {
      message_id: 5,
      date: 1_790_000_000,
      chat: { id: 77, type: 'private', first_name: 'سارا' },
      from: person,
      text: 'از راه وب‌هوک',
    }
    const body = Buffer.from(JSON.stringify({ update_id: 1, message })).toString('base64')
    const headers = { 'x-telegram-bot-api-secret-token': source.secret }
    const sent = { token: source.token, headers, body }
    expect(await world.ask(receiveWebhook, sent)).toEqual({ accepted: 1 })
    expect(await world.ask(receiveWebhook, sent)).toEqual({ accepted: 0 })
    const { messages } = await world.thread(channel.id, 1)
    expect(messages).toMatchObject([{ text: 'از راه وب‌هوک', remoteId: '77:5' }])
    await world.close()
  })
})
