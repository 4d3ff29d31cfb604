import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OutputOf, receiveWebhook } from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ListeningWorld, listeningWorld } from '../testing/listening-world.ts'

describe('webhooks', () => {
  let world: ListeningWorld
  let door: Server
  let accepted: OutputOf<typeof receiveWebhook>[]

  beforeAll(async () => {
    accepted = []
    // What the gateway does: it hands on what it is sent.
    door = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      const token = request.url?.split('/').at(-1) ?? ''
      const headers = request.headers as Record<string, string>
      const body = Buffer.concat(chunks).toString('base64')
      const answer = await world.ask(receiveWebhook, { token, headers, body }).catch(() => null)
      if (answer) accepted.push(answer)
      response.writeHead(answer ? 200 : 500).end()
    })
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    const { port } = door.address() as AddressInfo
    world = await listeningWorld({ PUBLIC_URL: `http://127.0.0.1:${port}/` })
  })
  afterAll(async () => {
    await world?.close()
    await new Promise((resolve) => door?.close(resolve))
  })

  const sourceOf = async (channelId: string) => {
    const sql =
      'select webhook_token, webhook_secret, webhook_url from sources where channel_id = $1'
    const [row] = await world.query<Record<string, string>>(sql, [channelId])
    return {
      token: row?.webhook_token ?? '',
      secret: row?.webhook_secret ?? '',
      url: row?.webhook_url,
    }
  }
  const registered = (channelId: string) =>
    eventually('a registered webhook', async () => {
      const source = await sourceOf(channelId)
      return source.url ? source : null
    })

  it('stores a message once that comes by webhook, by poll and after a restart', async () => {
    const { channel } = await world.connect('hooked')
    await registered(channel.id)
    for (let at = 0; at < 10; at += 1)
      await world.write('messages', {
        handle: 'hooked',
        text: `${at}`,
        from: { handle: 'sara', name: 'S' },
      })
    await eventually('ten deliveries', () => accepted.length >= 10)
    await world.restart()
    await world.settle(channel.id)
    // As if the place had been lost: everything is read again.
    await world.query('update sources set cursor = null where channel_id = $1', [channel.id])
    await world.settle(channel.id)
    const { messages } = await world.thread(channel.id, 10)
    expect(new Set(messages.map(({ text }) => text)).size).toBe(10)
  })

  it('brings what is written before the next poll', async () => {
    const { channel } = await world.connect('quick')
    await registered(channel.id)
    await world.settle(channel.id)
    await world.query(
      `update sources set next_poll_at = now() + interval '1 hour', lease_until = now() + interval '1 hour'
       where channel_id = $1`,
      [channel.id],
    )
    await world.write('messages', { handle: 'quick', text: 'hello' })
    await world.thread(channel.id, 1)
  })

  it('refuses a wrong signature, an unknown token and what is no JSON', async () => {
    const { channel } = await world.connect('guarded')
    const { token, secret } = await registered(channel.id)
    const send = (to: string, key: string, text: string) => {
      const headers = {
        'x-sandbox-timestamp': '1',
        'x-sandbox-signature': `sha256=${createHmac('sha256', key).update(`1.${text}`).digest('hex')}`,
      }
      const body = Buffer.from(text).toString('base64')
      return world.ask(receiveWebhook, { token: to, headers, body })
    }
    const empty = JSON.stringify({ items: [] })
    await expect(send(token, 'wrong', empty)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(send('unknown', secret, empty)).rejects.toMatchObject({ code: 'not_found' })
    await expect(send(token, secret, '{')).rejects.toMatchObject({ code: 'malformed_request' })
    expect(await send(token, secret, empty)).toEqual({ accepted: 0 })
  })

  it('asks the network to send again while there is no access', async () => {
    const { channel } = await world.connect('locked')
    const { token } = await registered(channel.id)
    world.grants.of.delete(channel.id)
    await world.restart()
    const asked = world.ask(receiveWebhook, { token, headers: {}, body: '' })
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' })
  })
})
