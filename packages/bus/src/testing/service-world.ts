import {
  type BodyOf,
  type CallContext,
  type Channel,
  channelChanged,
  type EventContract,
  type InputOf,
  type OutputOf,
  type RequestContract,
  systemContext,
} from '@hamava/contracts'
import {
  type commonConfig,
  type DatabaseParts,
  newId,
  type outboundConfig,
} from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { DataSource } from 'typeorm'
import type { z } from 'zod'
import type { RunningService } from '../create-service.ts'
import { Transactions } from '../events/transactions.ts'
import type { Idempotency } from '../requests/idempotency.ts'
import { RequestClient } from '../requests/request-client.ts'
import { aChannel } from './a-channel.ts'
import { doubleDatabase, Grants, startPublishingDouble } from './publishing-double.ts'
import { testNats } from './test-nats.ts'

interface Parts {
  database: DatabaseParts
  /** The network that its channels are on. */
  sandbox: { url: string; close(): Promise<void> }
  create(
    config: z.output<typeof commonConfig> & z.output<typeof outboundConfig>,
  ): Promise<RunningService>
}

/** A service with real PostgreSQL, NATS and sandbox network; only publishing is a double. */
export async function serviceWorld({ database, sandbox, create }: Parts) {
  const nats = await testNats()
  const [mine, theirs] = await Promise.all([testDatabase(database), testDatabase(doubleDatabase)])
  const publishing = await startPublishingDouble(nats.url, theirs.url)
  const start = async () => {
    const started = await create({
      DATABASE_URL: mine.url,
      NATS_URL: nats.url,
      HEALTH_PORT: 0,
      HEALTH_HOST: '127.0.0.1',
      LOG_LEVEL: (process.env.HAMAVA_TEST_LOG ?? 'fatal') as 'fatal',
      HAMAVA_OUTBOUND_ALLOW: [sandbox.url],
    })
    await started.start()
    return started
  }
  let service = await start()
  const call = systemContext(newId('workspace'), 'gateway')
  const grants = publishing.app.get(Grants)

  const ask = <R extends RequestContract>(
    contract: R,
    input: InputOf<R>,
    as: CallContext = call,
    idempotency?: Idempotency,
  ): Promise<OutputOf<R>> =>
    publishing.app.get(RequestClient).send(contract, as, input, { idempotency })

  /** Publishing says an event. */
  const say = <E extends EventContract>(event: E, body: BodyOf<E>) =>
    publishing.app.get(Transactions).run(async (tx) => tx.publish(event, call, body))

  const query = <T>(sql: string, values: unknown[] = []) =>
    service.app.get(DataSource).query<T[]>(sql, values)

  /** Asks the sandbox; with a token, as the account that it belongs to. */
  const post = async <T>(path: string, body: unknown, token?: string): Promise<T> => {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}`, 'idempotency-key': newId('publication') }),
    }
    const request = { method: 'POST', headers, body: JSON.stringify(body) }
    const reply = await fetch(`${sandbox.url}${path}`, request)
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }

  /** Publishing connects a channel, and can grant these credentials. */
  const introduce = async (
    channel: Channel,
    credentials: unknown,
    mailbox: string | null = null,
  ) => {
    grants.of.set(channel.id, { channel, credentials, mailbox })
    const connected = { channelId: channel.id, before: null, after: channel }
    await say(channelChanged, { ...connected, action: 'connected' })
  }

  return {
    call,
    grants,
    sandboxUrl: sandbox.url,
    ask,
    say,
    query,
    post,
    introduce,
    /** Another replica of it. */
    start,
    get service() {
      return service
    },
    /** Publishing connects an account of the sandbox. */
    async connect(handle: string) {
      const { token } = await post<{ token: string }>('/accounts', { handle })
      const channel = aChannel(call.workspaceId, handle)
      await introduce(channel, { url: sandbox.url, token, handle, keyed: 'key' })
      return { channel, token }
    },
    /** The bodies of an event that the service has said, in order. */
    said: async <E extends EventContract>(event: E) => {
      const sql = 'select body from outbox where event = $1 order by seq'
      const rows = await query<{ body: BodyOf<E> }>(sql, [event.name])
      return rows.map(({ body }) => body)
    },
    async restart() {
      await service.close()
      service = await start()
    },
    async close() {
      await Promise.all([service.close(), publishing.close()])
      await Promise.all([mine.drop(), theirs.drop(), sandbox.close()])
      await nats.stop()
    },
  }
}
