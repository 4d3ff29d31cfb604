import { type Idempotency, RequestClient, Transactions } from '@hamava/bus'
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
  getConversation,
  type InputOf,
  listConversations,
  type OutputOf,
  type RequestContract,
  systemContext,
} from '@hamava/contracts'
import { createSandbox } from '@hamava/networks/sandbox-server'
import { newId } from '@hamava/service-kit'
import { eventually, testDatabase } from '@hamava/service-kit/testing'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { database } from '../database/database.ts'
import { create } from '../service.ts'

/** Listening with real PostgreSQL, NATS and sandbox network; only publishing is a double. */
export async function listeningWorld(overrides: Partial<Config> = {}) {
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
    POLL_MS: 100,
    ...overrides,
    HAMAVA_OUTBOUND_ALLOW: [sandbox.url, ...(overrides.HAMAVA_OUTBOUND_ALLOW ?? [])],
  }
  const startListening = async () => {
    const service = await create(config)
    await service.start()
    return service
  }
  let listening = await startListening()
  const call = systemContext(newId('workspace'), 'gateway')
  const requests = publishing.app.get(RequestClient)

  const ask = <R extends RequestContract>(
    contract: R,
    input: InputOf<R>,
    as: CallContext = call,
    idempotency?: Idempotency,
  ): Promise<OutputOf<R>> => requests.send(contract, as, input, { idempotency })

  /** Publishing says an event. */
  const say = <E extends EventContract>(event: E, body: BodyOf<E>) =>
    publishing.app.get(Transactions).run(async (tx) => tx.publish(event, call, body))

  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const reply = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }

  /** Somebody writes on the sandbox; gives the id of what they wrote. */
  const write = async (kind: 'comments' | 'mentions' | 'messages', body: object) => {
    const { items } = await post<{ items: { id: string }[] }>(`/admin/${kind}`, body)
    return items[0]?.id ?? ''
  }

  /** Speaks to the sandbox as the account does; gives the id of what was written. */
  const writeAs = async (token: string, path: '/posts' | '/messages', body: object) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': newId('publication'),
    }
    const request = { method: 'POST', headers, body: JSON.stringify(body) }
    const reply = await fetch(`${sandbox.url}${path}`, request)
    return ((await reply.json()) as { id: string }).id
  }

  /** Publishing connects a channel, and can lend these credentials. */
  const introduce = async (
    channel: Channel,
    credentials: unknown,
    mailbox: string | null = null,
  ) => {
    publishing.app.get(Grants).of.set(channel.id, { channel, credentials, mailbox })
    const connected = { channelId: channel.id, before: null, after: channel }
    await say(channelChanged, { ...connected, action: 'connected' })
  }

  const connect = async (handle: string) => {
    const { token } = await post<{ token: string }>('/accounts', { handle })
    const channel = aChannel(call.workspaceId, handle)
    await introduce(channel, { url: sandbox.url, token, handle, keyed: 'key' })
    return { channel, token }
  }

  const conversations = async (channelId: string) =>
    (await ask(listConversations, { channelId })).items

  /** The only conversation of a channel, once it has this many messages. */
  const thread = (channelId: string, messageCount: number) =>
    eventually(`a conversation of ${messageCount} messages`, async () => {
      const found = (await conversations(channelId))[0]
      if (found?.messageCount !== messageCount) return null
      return ask(getConversation, { id: found.id })
    })

  const query = <T>(sql: string, values: unknown[] = []) =>
    listening.app.get(DataSource).query<T[]>(sql, values)

  /** Waits until every channel was read whole `times` more. */
  const settle = async (channelId: string) => {
    await query('update sources set next_poll_at = now() where channel_id = $1', [channelId])
    const [before] = await query<{ at: Date }>('select now() as at')
    await eventually('another reading', async () => {
      const [row] = await query<{ done: boolean }>(
        'select lease_owner is null and next_poll_at > $2 as done from sources where channel_id = $1',
        [channelId, before?.at],
      )
      return row?.done
    })
  }

  return {
    call,
    config,
    sandboxUrl: sandbox.url,
    grants: publishing.app.get(Grants),
    ask,
    say,
    post,
    write,
    writeAs,
    introduce,
    connect,
    conversations,
    thread,
    query,
    settle,
    startListening,
    get listening() {
      return listening
    },
    /** The bodies of an event that listening has said, in order. */
    said: async <E extends EventContract>(event: E) => {
      const sql = 'select body from outbox where event = $1 order by seq'
      const rows = await query<{ body: BodyOf<E> }>(sql, [event.name])
      return rows.map(({ body }) => body)
    },
    async restart() {
      await listening.close()
      listening = await startListening()
    },
    async close() {
      await Promise.all([listening.close(), publishing.close()])
      await Promise.all([mine.drop(), theirs.drop(), sandbox.close()])
      await nats.stop()
    },
  }
}

export type ListeningWorld = Awaited<ReturnType<typeof listeningWorld>>
