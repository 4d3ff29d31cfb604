import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { type RunningService, Transactions } from '@hamava/bus'
import {
  aChannel,
  doubleDatabase,
  Grants,
  startPublishingDouble,
  testNats,
} from '@hamava/bus/testing'
import { type BodyOf, type EventContract, permission, systemContext } from '@hamava/contracts'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { database } from '../database/database.ts'
import { type FeedEntry, writeFeed } from '../feed/write-feed.ts'
import { insertKey } from '../identity/api-keys/api-keys.service.ts'
import { hashPassword } from '../identity/passwords.ts'
import { PersonRow } from '../identity/person.entity.ts'
import { newSecret } from '../identity/secrets.ts'
import { insertWorkspace } from '../identity/workspaces/workspaces.service.ts'
import { create } from '../service.ts'
import { listen } from './listener.ts'

export const password = 'یک گذرواژهٔ بلند'

/** Replicas of the gateway with real PostgreSQL and NATS; only publishing is a double. */
export async function gatewayWorld(overrides: Partial<Config> = {}) {
  const nats = await testNats()
  const [mine, theirs] = await Promise.all([testDatabase(database), testDatabase(doubleDatabase)])
  const publishing = await startPublishingDouble(nats.url, theirs.url)
  const dataSource = await new DataSource(dataSourceOptions(mine.url, database, 4)).initialize()
  const replicas: RunningService[] = []

  const config: Config = {
    DATABASE_URL: mine.url,
    NATS_URL: nats.url,
    HEALTH_PORT: 0,
    HEALTH_HOST: '127.0.0.1',
    LOG_LEVEL: (process.env.HAMAVA_TEST_LOG ?? 'fatal') as Config['LOG_LEVEL'],
    HAMAVA_STORAGE_URL: pathToFileURL(tmpdir()).href,
    HAMAVA_SECRET_KEY: Buffer.alloc(32).toString('base64'),
    PORT: 0,
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://localhost',
    TRUST_PROXY: '',
    RATE_LIMIT_PER_MINUTE: 100_000,
    STREAMS_PER_SESSION: 8,
    STREAMS_PER_KEY: 30,
    STREAMS_MAX: 2_000,
    MAX_UPLOAD_BYTES: 1,
    ...overrides,
  }

  return {
    nats,
    config,
    dataSource,
    async replica(): Promise<RunningService> {
      const service = await create(config)
      await service.start()
      replicas.push(service)
      return service
    },
    /** A new workspace with its owner, who is an operator too, and a key of theirs with every scope. */
    async workspace() {
      const email = `${randomUUID()}@example.org`
      const passwordHash = await hashPassword(password)
      return dataSource.transaction(async (manager) => {
        const personId = newId('person')
        await manager.insert(PersonRow, {
          id: personId,
          email,
          name: 'مینا',
          passwordHash,
          isOperator: true,
        })
        const { id } = await insertWorkspace({ manager }, personId, {
          name: 'آزمایش',
          zone: 'Asia/Tehran',
        })
        const [owner] = await manager.query<{ id: string }[]>(
          'select id from members where workspace_id = $1',
          [id],
        )
        const call = {
          workspaceId: id,
          actor: { memberId: owner?.id ?? '', via: 'system' as const, viaId: 'spec' },
          channelIds: null,
        }
        const key = newSecret('hmv')
        const scopes = [...permission.options]
        const named = {
          name: 'spec',
          department: null,
          channelIds: null,
          expiresAt: null,
          madeByKeyId: null,
        }
        await insertKey({ manager }, call, { ...named, scopes }, key)
        return { id, email, key }
      })
    },
    /** Publishing has a channel of this id. */
    channel(workspaceId: string, id = newId('channel')): string {
      const channel = { ...aChannel(workspaceId, 'mina'), id }
      publishing.app.get(Grants).of.set(id, { channel, credentials: {} })
      return id
    },
    removeChannel: (id: string) => publishing.app.get(Grants).of.delete(id),
    /** Publishing says events, in one transaction. */
    say: <E extends EventContract>(workspaceId: string, event: E, ...bodies: BodyOf<E>[]) =>
      publishing.app.get(Transactions).run(async (tx) => {
        const call = systemContext(workspaceId, 'publishing')
        for (const body of bodies) tx.publish(event, call, body)
      }),
    /** As another replica records it, whose news nobody here is told of. */
    record: (entries: FeedEntry[]) =>
      dataSource.transaction((manager) => writeFeed({ manager }, entries)),
    async close() {
      for (const replica of replicas) await replica.close()
      await publishing.close()
      await dataSource.destroy()
      await Promise.all([mine.drop(), theirs.drop(), nats.stop()])
    },
  }
}

/** One call of a replica's API. Throws unless it is answered with success. */
export async function call<T>(
  { url }: Pick<RunningService, 'url'>,
  token: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return (text ? JSON.parse(text) : null) as T
}

export const hear = (
  { url }: Pick<RunningService, 'url'>,
  token: string,
  headers?: Record<string, string>,
  query = '',
) => listen(`${url}/v1/events${query}`, token, headers)

/** An event of the feed that says nothing in particular, or as much as it has to. */
export function anEntry(workspaceId: string, entry: Partial<FeedEntry> = {}): FeedEntry {
  return {
    id: newId('event'),
    workspaceId,
    type: 'publishing.channel.changed.v1',
    channelIds: null,
    body: {},
    ...entry,
  }
}
