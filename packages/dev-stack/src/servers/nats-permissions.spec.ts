import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { authorizationConf, type Service } from '../../../../infra/nats/permissions.ts'
import { freePort } from '../processes/free-port.ts'
import { launchUntilReady, type RunningProcess } from '../processes/launch.ts'
import { natsSpec } from './nats.ts'
import { ensureNats } from './nats-binary.ts'

const users = ['operator', 'gateway', 'content', 'scheduling', 'publishing'] as const
const others = ['listening', 'analytics'] as const
const passwords = Object.fromEntries([...users, ...others].map((user) => [user, `p-${user}`]))
const binFolder = new URL('../../../../.hamava/bin', import.meta.url).pathname

it('keeps the committed file of the cluster equal to the source of the permissions', () => {
  const committed = new URL('../../../../infra/nats/authorization.conf', import.meta.url)
  expect(readFileSync(committed, 'utf8')).toBe(authorizationConf())
})

describe.each(['2.10', '2.9'] as const)('permissions on nats-server %s', (line) => {
  const folder = mkdtempSync(join(tmpdir(), 'nats-permissions-'))
  const connections: NatsConnection[] = []
  let server: RunningProcess
  let port: number

  beforeAll(async () => {
    port = await freePort()
    const binary = await ensureNats(line, binFolder)
    const logFile = join(folder, 'nats.log')
    server = await launchUntilReady(natsSpec({ binary, folder, port, logFile, passwords }))
  })

  afterAll(async () => {
    await Promise.all(connections.map((connection) => connection.close()))
    await server.stop()
    rmSync(folder, { recursive: true })
  })

  async function login(user: Service | 'operator'): Promise<NatsConnection> {
    const pass = passwords[user] ?? ''
    const inboxPrefix = `_INBOX_${user}`
    const connection = await connect({ servers: `127.0.0.1:${port}`, user, pass, inboxPrefix })
    connections.push(connection)
    return connection
  }

  /** What the server complained about while the action ran. */
  async function complaints(
    connection: NatsConnection,
    action: () => unknown,
  ): Promise<string | undefined> {
    const statuses = connection.status()[Symbol.asyncIterator]()
    const complaint = statuses.next()
    await action()
    await connection.flush()
    const silence = new Promise<undefined>((resolve) => setTimeout(resolve, 100, undefined))
    const status = await Promise.race([complaint, silence])
    return status?.value && 'error' in status.value ? status.value.error.message : undefined
  }

  it('lets a service publish its own events and nobody else’s', async () => {
    const content = await login('content')
    expect(await complaints(content, () => content.publish('content.post.scheduled.v1'))).toBe(
      undefined,
    )
    const foreign = () => content.publish('publishing.publication.published.v1')
    expect(await complaints(content, foreign)).toMatch(/permissions violation/i)
  })

  it('lets a service listen to its own questions and nobody else’s', async () => {
    const content = await login('content')
    const own = () => content.subscribe('content.post.create', { queue: 'content' })
    expect(await complaints(content, own)).toBe(undefined)
    const foreign = () => content.subscribe('publishing.channel.access', { callback: () => {} })
    expect(await complaints(content, foreign)).toMatch(/permissions violation/i)
  })

  it('keeps the answers to others out of sight', async () => {
    const content = await login('content')
    const spy = () => content.subscribe('_INBOX_gateway.>', { callback: () => {} })
    expect(await complaints(content, spy)).toMatch(/permissions violation/i)
  })

  it('carries a question and its answer where the architecture has an arrow', async () => {
    const publishing = await login('publishing')
    publishing.subscribe('publishing.channel.access', {
      queue: 'publishing',
      callback: (_error, message) => {
        message.respond('granted')
      },
    })
    await publishing.flush()
    const listening = await login('listening')
    const answer = await listening.request('publishing.channel.access', '', { timeout: 2_000 })
    expect(answer.string()).toBe('granted')
  })

  it('refuses a question against the arrows', async () => {
    const publishing = await login('publishing')
    const ask = () => publishing.publish('content.post.get')
    expect(await complaints(publishing, ask)).toMatch(/permissions violation/i)
  })

  it('lets a service keep its own stream and consume another’s', async () => {
    const content = await login('content')
    const owner = await jetstreamManager(content)
    await owner.streams.add({ name: 'hamava_content', subjects: ['content.*.*.*'] })
    const scheduling = await login('scheduling')
    const reader = await jetstreamManager(scheduling)
    await reader.consumers.add('hamava_content', {
      durable_name: 'scheduling',
      ack_policy: 'explicit',
    })
    await owner.jetstream().publish('content.post.scheduled.v1', '{}', { msgID: 'e1' })
    const consumer = await reader.jetstream().consumers.get('hamava_content', 'scheduling')
    const message = await consumer.next({ expires: 2_000 })
    expect(message?.subject).toBe('content.post.scheduled.v1')
    expect(await message?.ackAck()).toBe(true)
  })

  it('lets any service wake a publisher, which alone hears it', async () => {
    const publishing = await login('publishing')
    const heard = new Promise<string>((resolve) =>
      publishing.subscribe('wake.publishing.>', {
        callback: (_error, message) => resolve(message.subject),
      }),
    )
    await publishing.flush()
    const scheduling = await login('scheduling')
    scheduling.publish('wake.publishing.due')
    expect(await heard).toBe('wake.publishing.due')
  })
})
