import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { makeStandInRoot } from '../fixtures/stand-in-root.ts'
import type { DevFile } from './dev-file.ts'
import { readOrMakeSecrets } from './files/secrets.ts'
import { identityOf } from './processes/process-identity.ts'
import { endRecorded } from './processes/process-record.ts'
import { until } from './processes/until.ts'
import type { ChannelToConnect } from './seed.ts'
import { postgresSpec } from './servers/postgres.ts'
import { type Stack, startStack } from './start-stack.ts'

const folder = mkdtempSync(join(tmpdir(), 'hamava-stack-'))
const root = makeStandInRoot(join(folder, 'root'))
const dataDir = join(folder, 'data')
const devFile = (): DevFile => JSON.parse(readFileSync(join(dataDir, 'dev.json'), 'utf8'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a running stack', () => {
  let stack: Stack

  beforeAll(async () => {
    stack = await startStack({ dataDir, root, build: false, publishers: 2, quiet: true })
  })
  afterAll(() => stack.stop())

  it('tells programs where everything is', () => {
    expect(devFile()).toEqual(stack.dev)
    expect(stack.dev).toMatchObject({ email: 'demo@hamava.local', apiKey: 'hmv_demo' })
    expect(stack.dev.processes).toMatchObject({
      publishing: [expect.any(Number), expect.any(Number)],
      gateway: [expect.any(Number)],
      postgres: [expect.any(Number)],
      nats: [expect.any(Number)],
      sandbox: [expect.any(Number)],
    })
  })

  it('keeps passwords where only their owner reads them', () => {
    for (const file of ['dev.json', 'secrets.json', 'secret-key', 'seed.json']) {
      expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0)
    }
  })

  it('lets each service into its own schema and no other', async () => {
    const { DATABASE_URL } = await environmentOf(stack.dev.gatewayUrl)
    const client = new pg.Client({ connectionString: DATABASE_URL })
    await client.connect()
    await client.query('create table mine (id int)')
    const { rows } = await client.query('select current_schema() as schema')
    expect(rows).toEqual([{ schema: 'gateway' }])
    await expect(client.query('create table content.theirs (id int)')).rejects.toThrow(/permission/)
    await client.end()
  })

  it('connects the demo’s channels to the sandbox', async () => {
    const connected = await connectedTo(stack.dev.gatewayUrl)
    expect(connected).toHaveLength(3)
    expect(connected[0]).toMatchObject({
      network: 'sandbox',
      fields: { url: stack.dev.sandboxUrl },
    })
  })

  it('starts again what was killed, and says so in dev.json', async () => {
    const [killed, untouched] = stack.dev.processes.publishing ?? []
    expect(stack.pidOf('publishing-1')).toBe(killed)
    stack.kill('publishing-1', 'SIGKILL')
    const [replacement, other] = await until(
      () => {
        const pids = devFile().processes.publishing ?? []
        return pids.length === 2 && pids[0] !== killed ? pids : undefined
      },
      { what: 'the restart', timeoutMs: 10_000 },
    )
    expect(identityOf(replacement ?? 0)).toBeDefined()
    expect(other).toBe(untouched)
  })

  it('brings PostgreSQL back after a crash with what was committed', async () => {
    const client = () => new pg.Client({ connectionString: stack.dev.databaseUrl })
    const before = client()
    before.on('error', () => {})
    await before.connect()
    await before.query('create table kept as select 1 as number')
    const [killed] = stack.dev.processes.postgres ?? []
    stack.kill('postgres', 'SIGKILL')
    const kept = await until(
      async () => {
        if (devFile().processes.postgres?.[0] === killed) return undefined
        const after = client()
        await after.connect()
        const { rows } = await after.query('select number from kept')
        await after.end()
        return rows
      },
      { what: 'PostgreSQL coming back', timeoutMs: 20_000 },
    )
    expect(kept).toEqual([{ number: 1 }])
  })

  it('restarts a service on request and waits until it is ready', async () => {
    const before = stack.dev.processes.gateway
    await stack.restart('gateway')
    expect(stack.dev.processes.gateway).not.toEqual(before)
    expect((await fetch(`${stack.dev.gatewayUrl}/health/ready`)).status).toBe(200)
  })

  it('refuses a second start on the same data', async () => {
    const second = startStack({ dataDir, root, build: false, quiet: true })
    await expect(second).rejects.toThrow(`already running on ${dataDir} (process ${process.pid})`)
  })
})

describe('starting', () => {
  let stack: Stack | undefined
  let child: ChildProcess | undefined
  afterEach(async () => {
    child?.kill('SIGKILL')
    await stack?.stop()
    stack = undefined
  })

  it('ends what a killed supervisor left running, and goes on with its data', async () => {
    child = spawn(
      process.execPath,
      ['--conditions=source', join(import.meta.dirname, '../fixtures/start.ts'), dataDir, root],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await until(() => (existsSync(join(dataDir, 'dev.json')) ? true : undefined), {
      what: 'the first start',
      timeoutMs: 20_000,
    })
    const left = Object.values(devFile().processes).flat()
    const identities = left.map(identityOf)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    expect(left.map(identityOf)).toEqual(identities)

    stack = await startStack({ dataDir, root, build: false, quiet: true })
    expect(left.map(identityOf).filter((identity) => identities.includes(identity))).toEqual([])
    expect(stack.dev.apiKey).toBe('hmv_demo')
  })

  it('goes on with a database that does not know Persian letters, and says how to move it', async () => {
    const oldDir = join(folder, 'old')
    const password = readOrMakeSecrets(oldDir).postgres.postgres ?? ''
    const logFile = join(oldDir, 'postgres.log')
    await postgresSpec({
      folder: join(oldDir, 'postgres'),
      port: 0,
      password,
      logFile,
      letters: ['C'],
    })
    child = spawn(
      process.execPath,
      ['--conditions=source', join(import.meta.dirname, '../fixtures/start.ts'), oldDir, root],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const lines: string[] = []
    for await (const line of createInterface({ input: child.stdout as Readable })) {
      lines.push(line)
      if (line === 'up') child.kill('SIGKILL')
    }
    await endRecorded(join(oldDir, 'processes.json'))
    expect(lines).toContain('up')
    expect(lines.join('\n')).toContain('npm run move-data')
  })

  it('runs doubles of real networks, lets connectors reach them, and connects them', async () => {
    process.env.HAMAVA_OUTBOUND_ALLOW = 'https://social.home.arpa'
    stack = await startStack({ dataDir, root, networks: ['mastodon'], build: false, quiet: true })
    delete process.env.HAMAVA_OUTBOUND_ALLOW
    expect(stack.dev.processes.mastodon).toHaveLength(1)
    const [double, ...more] = await connectedTo(stack.dev.gatewayUrl)
    expect(double).toMatchObject({ network: 'mastodon', method: 'access_token' })
    // The sandbox's channels are connected once for each database, and were.
    expect(more).toEqual([])
    const { HAMAVA_OUTBOUND_ALLOW } = await environmentOf(stack.dev.gatewayUrl)
    expect(HAMAVA_OUTBOUND_ALLOW?.split(',')).toEqual([
      stack.dev.sandboxUrl,
      double?.fields.instance,
      'https://social.home.arpa',
    ])
  })

  it('lets a listener of the caller stand before every server, for the services alone', async () => {
    const told: Record<string, number> = {}
    const listeners: ReturnType<typeof createServer>[] = []
    stack = await startStack({
      dataDir,
      root,
      build: false,
      quiet: true,
      between: async (server, port) => {
        const listener = createServer((near) => near.pipe(connect(port, '127.0.0.1')).pipe(near))
        listeners.push(listener)
        await once(listener.listen(0, '127.0.0.1'), 'listening')
        told[server] = (listener.address() as AddressInfo).port
        return told[server]
      },
    })
    const env = await environmentOf(stack.dev.gatewayUrl)
    const portOf = (url: string | undefined) => Number(new URL(url ?? '').port)
    expect(portOf(env.DATABASE_URL)).toBe(told.postgres)
    expect(portOf(env.NATS_URL)).toBe(told.nats)
    expect(portOf(env.SANDBOX_URL)).toBe(told.sandbox)
    expect(env.HAMAVA_OUTBOUND_ALLOW).toBe(`http://127.0.0.1:${told.sandbox}`)
    const { databaseUrl, natsUrl, sandboxUrl } = stack.dev
    for (const url of [databaseUrl, natsUrl, sandboxUrl])
      expect(Object.values(told)).not.toContain(portOf(url))
    await stack.stop()
    for (const listener of listeners) listener.close()
  })

  it('names the taken port and how to choose another', async () => {
    const squatter = createServer().listen(0)
    await once(squatter, 'listening')
    const address = squatter.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const start = startStack({ dataDir, root, port, build: false, quiet: true })
    await expect(start).rejects.toMatchObject({
      message: `Port ${port}, where the gateway should answer, is taken by another program.`,
      fix: `PORT=${port + 1} npm start`,
    })
    squatter.close()
  })

  it('passes on that the data is newer than the program, and leaves nothing running', async () => {
    const env = { HAMAVA_STAND_IN_NEWER: 'yes' }
    const start = startStack({ dataDir, root, env, build: false, quiet: true })
    await expect(start).rejects.toThrow(/the data is of a newer Hamava/)
    expect(JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8'))).toEqual([])
    expect(existsSync(join(dataDir, 'dev.json'))).toBe(false)
  })

  it('says which service was not built', async () => {
    const bare = makeStandInRoot(join(folder, 'bare'))
    rmSync(join(bare, 'apps/content/dist'), { recursive: true })
    const start = startStack({ dataDir, root: bare, build: false, quiet: true })
    await expect(start).rejects.toMatchObject({
      message: 'apps/content/dist/main.js is missing.',
      fix: 'npm run build',
    })
  })

  it('stops at once when it is told to while it starts', async () => {
    const stopping = new AbortController()
    const start = startStack({ dataDir, root, build: false, quiet: true, signal: stopping.signal })
    stopping.abort(new Error('stopped'))
    await expect(start).rejects.toThrow('stopped')
    expect(JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8'))).toEqual([])
  })
})

async function environmentOf(gatewayUrl: string): Promise<Record<string, string>> {
  const response = await fetch(`${gatewayUrl}/env`)
  return (await response.json()) as Record<string, string>
}

async function connectedTo(gatewayUrl: string): Promise<ChannelToConnect[]> {
  const response = await fetch(`${gatewayUrl}/connected`)
  return (await response.json()) as ChannelToConnect[]
}
