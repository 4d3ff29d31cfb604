import { RequestClient, Transactions } from '@hamava/bus'
import {
  aChannel,
  doubleDatabase,
  Grants,
  startPublishingDouble,
  testNats,
} from '@hamava/bus/testing'
import {
  type BodyOf,
  type CallContext,
  type Channel,
  channelChanged,
  type EventContract,
  type InputOf,
  listMetrics,
  publicationPublished,
  systemContext,
} from '@hamava/contracts'
import { createSandbox } from '@hamava/networks/sandbox-server'
import { newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { database } from '../database/database.ts'
import { create } from '../service.ts'

/** Analytics with real PostgreSQL, NATS and sandbox network; only publishing is a double. */
export async function analyticsWorld(overrides: Partial<Config> = {}) {
  const nats = await testNats()
  const [mine, theirs, sandbox] = await Promise.all([
    testDatabase(database),
    testDatabase(doubleDatabase),
    createSandbox(),
  ])
  const publishing = await startPublishingDouble(nats.url, theirs.url)
  const config: Config = {
    DATABASE_URL: mine.url,
    NATS_URL: nats.url,
    HEALTH_PORT: 0,
    HEALTH_HOST: '127.0.0.1',
    LOG_LEVEL: (process.env.HAMAVA_TEST_LOG ?? 'fatal') as Config['LOG_LEVEL'],
    HAMAVA_OUTBOUND_ALLOW: [sandbox.url],
    // A minute is 18 ms, an hour one second.
    CADENCE_SCALE: 0.0003,
    ...overrides,
  }
  const start = async () => {
    const service = await create(config)
    await service.start()
    return service
  }
  let analytics = await start()
  const call = systemContext(newId('workspace'), 'gateway')
  const grants = publishing.app.get(Grants)

  /** Publishing says an event. */
  const say = <E extends EventContract>(event: E, body: BodyOf<E>) =>
    publishing.app.get(Transactions).run(async (tx) => tx.publish(event, call, body))

  const query = <T>(sql: string, values: unknown[] = []) =>
    analytics.app.get(DataSource).query<T[]>(sql, values)

  const post = async <T>(path: string, body: unknown, token = ''): Promise<T> => {
    const key = newId('publication')
    const reply = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }

  return {
    call,
    grants,
    say,
    query,
    post,
    start,
    metrics: (input: InputOf<typeof listMetrics>, as: CallContext = call) =>
      publishing.app.get(RequestClient).send(listMetrics, as, input),
    /** Publishing connects an account of the sandbox. */
    async connect(handle: string) {
      const { token } = await post<{ token: string }>('/accounts', { handle })
      const channel = aChannel(call.workspaceId, handle)
      const credentials = { url: sandbox.url, token, handle, keyed: 'key' }
      grants.of.set(channel.id, { channel, credentials })
      const connected = { channelId: channel.id, before: null, after: channel }
      await say(channelChanged, { ...connected, action: 'connected' })
      return { channel, token }
    },
    /** A post goes live on the sandbox, and publishing tells of it. */
    async publish({ channel, token }: { channel: Channel; token: string }, remoteId?: string) {
      const id = remoteId ?? (await post<{ id: string }>('/posts', { text: 'hello' }, token)).id
      const body = {
        publicationId: newId('publication'),
        kind: 'post' as const,
        postId: newId('post'),
        messageId: null,
        conversationId: null,
        channelId: channel.id,
        network: channel.network,
        remoteId: id,
        permalink: null,
        ref: { id },
        publishedAt: new Date().toISOString(),
      }
      await say(publicationPublished, body)
      return body
    },
    /** The bodies of an event that analytics has said, in order. */
    said: async <E extends EventContract>(event: E) => {
      const sql = 'select body from outbox where event = $1 order by seq'
      const rows = await query<{ body: BodyOf<E> }>(sql, [event.name])
      return rows.map(({ body }) => body)
    },
    async restart() {
      await analytics.close()
      analytics = await start()
    },
    async close() {
      await Promise.all([analytics.close(), publishing.close()])
      await Promise.all([mine.drop(), theirs.drop(), sandbox.close()])
      await nats.stop()
    },
  }
}

export type AnalyticsWorld = Awaited<ReturnType<typeof analyticsWorld>>
