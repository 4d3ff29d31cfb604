import { createService, type RunningService, Transactions } from '@hamava/bus'
import { messageSubmitted, publicationPlanned } from '@hamava/contracts'
import { createLogger, newId } from '@hamava/service-kit'
import { eventually, type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { database } from '../database/database.ts'
import { aPlan, type TestWorld, testWorld } from '../testing/world.ts'

type Sender = 'listening' | 'scheduling'

describe('what other services send by events', () => {
  let world: TestWorld
  const opened: { service: RunningService; db: TestDatabase }[] = []
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(async () => {
    for (const { service, db } of opened) {
      await service.close()
      await db.drop()
    }
    await world?.close()
  })

  async function a(owner: Sender): Promise<Transactions> {
    const db = await testDatabase(database)
    const service = await createService({
      service: owner,
      natsUrl: world.config.NATS_URL,
      consumes: [],
      databaseUrl: db.url,
      database,
      modules: [],
      http: { port: 0, host: '127.0.0.1' },
      logger: createLogger(owner, 'fatal'),
    })
    await service.start()
    opened.push({ service, db })
    return service.app.get(Transactions)
  }

  const published = (id: string) =>
    eventually(`${id} is published`, async () => {
      const [row] = await world.sql<{ state: string }>(
        'select state from publications where id = $1',
        [id],
      )
      return row?.state === 'published'
    })

  it.each(['key', 'late', 'readable'] as const)(
    'answers a person on the network, once: %s',
    async (keyed) => {
      const handle = `answers_${keyed}`
      const channel = await world.channel(handle, { keyed })
      await world.network.write(handle, 'sara')
      await world.network.fault({ kind: 'drop_reply', handle, times: 1 })
      const listening = await a('listening')
      const publicationId = newId('publication')
      await listening.run(async (tx) =>
        tx.publish(messageSubmitted, world.call, {
          messageId: newId('message'),
          conversationId: newId('conversation'),
          publicationId,
          channelId: channel.id,
          text: 'سپاس از پیام شما',
          ref: { to: 'sara' },
          dueAt: new Date().toISOString(),
        }),
      )
      await published(publicationId)
      expect(await world.network.messages(handle)).toMatchObject([{ text: 'سپاس از پیام شما' }])
      expect(await world.publication(publicationId)).toMatchObject({
        kind: 'message',
        postId: null,
      })
    },
  )

  it('asks a person when the reply to an answer is lost and nothing can tell', async () => {
    const channel = await world.channel('unsure', { keyed: 'none' })
    await world.network.write('unsure', 'sara')
    await world.network.fault({ kind: 'drop_reply', handle: 'unsure', times: 1 })
    const listening = await a('listening')
    const publicationId = newId('publication')
    await listening.run(async (tx) =>
      tx.publish(messageSubmitted, world.call, {
        messageId: newId('message'),
        conversationId: newId('conversation'),
        publicationId,
        channelId: channel.id,
        text: 'بله',
        ref: { to: 'sara' },
        dueAt: new Date().toISOString(),
      }),
    )
    await eventually('it is unconfirmed', async () => {
      const [row] = await world.sql<{ state: string }>(
        'select state from publications where id = $1',
        [publicationId],
      )
      return row?.state === 'unconfirmed'
    })
    expect(await world.network.messages('unsure')).toHaveLength(1)
  })

  it('publishes what scheduling has planned, and tells so', async () => {
    const channel = await world.channel('planned')
    const scheduling = await a('scheduling')
    const plan = aPlan({ channelId: channel.id })
    await scheduling.run(async (tx) => tx.publish(publicationPlanned, world.call, plan))
    await published(plan.publicationId)
    const told = await world.sql<{ event: string; body: { after?: { revision: number } } }>(
      `select event, body from outbox where body->>'publicationId' = $1 order by seq`,
      [plan.publicationId],
    )
    expect(told.map(({ event }) => event)).toEqual([
      'publishing.publication.changed.v1',
      'publishing.publication.changed.v1',
      'publishing.publication.published.v1',
    ])
    const revisions = told.flatMap(({ body }) => body.after?.revision ?? [])
    expect(revisions).toEqual([...new Set(revisions)].toSorted((x, y) => x - y))
  })
})
