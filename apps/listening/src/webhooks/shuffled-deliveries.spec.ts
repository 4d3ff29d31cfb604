import { createHmac } from 'node:crypto'
import { getConversation, listConversations, receiveWebhook } from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ListeningWorld, listeningWorld } from '../testing/listening-world.ts'

/** `npm test` runs the failure catalogue at a tenth of its size; `HAMAVA_TEST_SCALE=10` is the whole of it. */
const scale = Number(process.env.HAMAVA_TEST_SCALE ?? 1)
const people = 20
const messages = 500 * scale
const perDelivery = 25

describe('webhooks that come several times and in any order', () => {
  let world: ListeningWorld
  beforeAll(async () => {
    // Nothing is read by polls here.
    world = await listeningWorld({ POLL_MS: 3_600_000 })
  })
  afterAll(() => world?.close())

  const event = (at: number) => ({
    seq: at + 1,
    kind: 'direct',
    message: {
      id: `m_${at}`,
      account: 'shuffled',
      person: { handle: `p${at % people}`, name: `P${at % people}` },
      fromAccount: false,
      text: `${at}`,
      createdAt: new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString(),
    },
  })

  it(
    'leave each message once, and each conversation as if they had come in order',
    async () => {
      const { channel } = await world.connect('shuffled')
      const source = await eventually('a source', async () => {
        const sql = 'select webhook_token as token, webhook_secret as secret from sources'
        return (await world.query<{ token: string; secret: string }>(sql))[0]
      })
      const deliver = (items: object[]) => {
        const text = JSON.stringify({ account: 'shuffled', items })
        const signature = createHmac('sha256', source.secret).update(`1.${text}`).digest('hex')
        const headers = {
          'x-sandbox-timestamp': '1',
          'x-sandbox-signature': `sha256=${signature}`,
        }
        const body = Buffer.from(text).toString('base64')
        return world.ask(receiveWebhook, { token: source.token, headers, body })
      }
      const copies = Array.from({ length: messages }, (_, at) => at).flatMap((at) =>
        Array.from({ length: 1 + (at % 5) }, () => ({ event: event(at), place: Math.random() })),
      )
      const shuffled = copies.toSorted((one, other) => one.place - other.place)
      const deliveries: object[][] = []
      for (let from = 0; from < shuffled.length; from += perDelivery) {
        deliveries.push(shuffled.slice(from, from + perDelivery).map((copy) => copy.event))
      }
      let accepted = 0
      const inTurn = async () => {
        for (let next = deliveries.pop(); next; next = deliveries.pop()) {
          const { accepted: fresh } = await deliver(next)
          accepted += fresh
        }
      }
      await Promise.all([inTurn(), inTurn(), inTurn(), inTurn()])

      expect(accepted).toBe(messages)
      const { items } = await world.ask(listConversations, { channelId: channel.id, limit: 100 })
      expect(items).toHaveLength(people)
      for (const { id, with: person, messageCount, excerpt } of items) {
        const who = Number(person.handle.slice(1))
        const theirs = Array.from({ length: messages }, (_, at) => at)
          .filter((at) => at % people === who)
          .map(String)
        expect(messageCount).toBe(theirs.length)
        expect(excerpt).toBe(theirs.at(-1))
        const found = await world.query<{ text: string }>(
          'select text from messages where conversation_id = $1 order by at',
          [id],
        )
        expect(found.map(({ text }) => text)).toEqual(theirs)
        const shown = await world.ask(getConversation, { id })
        expect(shown.messages.at(-1)?.text).toBe(theirs.at(-1))
      }
    },
    60_000 * scale,
  )
})
