import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readIfThere, writeAtomically } from './files/write-atomically.ts'
import { freePort } from './processes/free-port.ts'
import { launchUntilReady, type ProcessSpec, type RunningProcess } from './processes/launch.ts'
import {
  describeProcess,
  endRecorded,
  isRunning,
  type RecordedProcess,
  recordProcesses,
} from './processes/process-record.ts'
import { natsSpec, natsUrl } from './servers/nats.ts'
import { ensureNats, type NatsBinary } from './servers/nats-binary.ts'
import { postgresSpec, postgresUrl } from './servers/postgres.ts'

export interface TestServers {
  /** What a test reads from its environment to find the servers. */
  readonly env: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

const dotHamava = fileURLToPath(new URL('../../../.hamava/', import.meta.url))

/**
 * A PostgreSQL without durability and NATS servers of both versions, for the tests of one run. Servers that the
 * environment already names are used as they are.
 */
export async function startTestServers(
  env: NodeJS.ProcessEnv,
  parent: string = dotHamava,
): Promise<TestServers> {
  const found = env.HAMAVA_TEST_DATABASE_URL && env.HAMAVA_TEST_NATS_URL
  if (found) return { env: {}, stop: async () => {} }
  mkdirSync(parent, { recursive: true })
  await sweepAbandoned(parent)
  const folder = mkdtempSync(join(parent, 'test-'))
  const owner = describeProcess('owner', process.pid)
  writeAtomically(join(folder, 'owner.json'), JSON.stringify(owner))

  const running: RunningProcess[] = []
  const recorded: RecordedProcess[] = []
  const start = async (spec: ProcessSpec) => {
    running.push(
      await launchUntilReady(spec, undefined, ({ pid }) => {
        const entry = describeProcess(spec.name, pid)
        if (entry) recorded.push(entry)
        recordProcesses(join(folder, 'processes.json'), recorded)
      }),
    )
  }
  const stop = async () => {
    await Promise.all(running.map((server) => server.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const bin = join(dotHamava, 'bin')
    const nats210 = await ensureNats('2.10', bin)
    const nats29 = await ensureNats('2.9', bin)
    const postgres = {
      folder: join(folder, 'postgres'),
      port: await freePort(),
      password: randomBytes(12).toString('hex'),
      logFile: join(folder, 'postgres.log'),
      durable: false,
    }
    const ports = [await freePort(), await freePort()] as const
    await Promise.all([
      postgresSpec(postgres).then(start),
      start(testNats(nats210, folder, ports[0])),
      start(testNats(nats29, folder, ports[1])),
    ])
    return {
      env: {
        HAMAVA_TEST_DATABASE_URL: postgresUrl(postgres, 'postgres'),
        HAMAVA_TEST_NATS_URL: natsUrl(ports[0]),
        HAMAVA_TEST_NATS_BIN: nats210.path,
        HAMAVA_TEST_NATS_29_URL: natsUrl(ports[1]),
        HAMAVA_TEST_NATS_29_BIN: nats29.path,
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function testNats(binary: NatsBinary, folder: string, port: number): ProcessSpec {
  const name = `nats-${binary.version}`
  const logFile = join(folder, `${name}.log`)
  return {
    ...natsSpec({ binary, folder: join(folder, name), port, logFile, durable: false }),
    name,
  }
}

/** Ends the servers of killed test runs and removes their folders. */
async function sweepAbandoned(parent: string): Promise<void> {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith('test-'))) {
    const folder = join(parent, name)
    const ownerText = readIfThere(join(folder, 'owner.json'))
    if (!ownerText || isRunning(JSON.parse(ownerText) as RecordedProcess)) continue
    await endRecorded(join(folder, 'processes.json'))
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
  }
}
