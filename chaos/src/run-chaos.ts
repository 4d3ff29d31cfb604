import { setPriority } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { type Server, type Stack, startStack } from '@hamava/dev-stack'
import { injectFaults } from './inject-faults.ts'
import type { ChaosOptions } from './options.ts'
import { planFaults, type Timing } from './plan-faults.ts'
import { planChannels, planPosts } from './plan-posts.ts'
import { readJournal } from './read-journal.ts'
import { readLedger, untilPlanned, untilSettled } from './read-ledger.ts'
import type { Stage } from './stage.ts'
import { TcpFaultProxy } from './tcp-fault-proxy.ts'
import { type Verdict, verdictOn } from './verdict.ts'
import { connectChannels, uploadImage, type Writing, writePosts } from './write-posts.ts'

export interface RunOptions
  extends Pick<ChaosOptions, 'publications' | 'minutes' | 'seed' | 'publishers'> {
  readonly dataDir: string
  /** Whether to bring the services' programs up to date first. */
  readonly build: boolean
  readonly say: (line: string) => void
  /** The p99 lateness that fails the run (default: a second). A machine that is busy otherwise needs more. */
  readonly tooLateMs?: number
  readonly signal?: AbortSignal
}

const recoveryMs = 2_000
/** Posts that were accepted and delayed may still appear this long after everything seemed settled. */
const afterglowMs = 5_000
const services = ['content', 'scheduling', 'listening', 'analytics', 'gateway']

/** Starts a system of its own, injects faults while it publishes, and judges the result. */
export async function runChaos(options: RunOptions): Promise<Verdict> {
  const { minutes, publishers, dataDir, say } = options
  const isShort = minutes < 1
  const leaseMs = isShort ? 2_000 : 5_000
  const proxies = new Map<Server, TcpFaultProxy>()
  const between = async (server: Server, port: number) => {
    const proxy = await TcpFaultProxy.to(port)
    proxies.set(server, proxy)
    return proxy.port
  }
  standAbove()
  say('bringing up a system of its own')
  const stack = await startStack({
    dataDir,
    publishers,
    between,
    build: options.build,
    quiet: true,
    env: {
      LEASE_MS: String(leaseMs),
      REQUEST_TIMEOUT_MS: String(Math.min(2_000, leaseMs / 2)),
      RATE_LIMIT_PER_MINUTE: '1000000',
    },
    ...(options.signal ? { signal: options.signal } : {}),
  })
  try {
    const stage = stageOf(stack, dataDir, publishers, leaseMs + recoveryMs, proxies)
    const verdict = letLoose(options, stage, { minutes, leaseMs, recoveryMs })
    return await Promise.race([verdict, ...(options.signal ? [aborted(options.signal)] : [])])
  } finally {
    await stack.stop()
    await Promise.all([...proxies.values()].map((proxy) => proxy.close()))
  }
}

async function letLoose(
  { publications, seed, say, tooLateMs = 1_000 }: RunOptions,
  stage: Stage,
  timing: Timing,
): Promise<Verdict> {
  const access = stage.stack.dev
  const isShort = timing.minutes < 1
  const { faults: planned, totalMs, burstAtMs } = planFaults(seed, timing)
  const leadMs = isShort ? 8_000 : 20_000
  const posts = planPosts({ seed, publications, totalMs, burstAtMs, leadMs })

  say('connecting channels')
  const channelIds = await connectChannels(
    access,
    { adminUrl: access.sandboxUrl, reachedUrl: `http://127.0.0.1:${stage.proxies.sandbox.port}` },
    planChannels(publications),
  )
  const imageId = await uploadImage(access)
  // Enough time for a machine that plans fifty a second; at a full second, as people schedule.
  const beginAt = Math.ceil((Date.now() + 12_000 + publications * 20) / 1_000) * 1_000
  const writing: Writing = { access, channelIds, imageId, beginAt, say }
  say(`scheduling ${publications} publications on ${channelIds.size} channels`)
  const before = await writePosts(
    writing,
    posts.filter(({ writtenAtMs }) => writtenAtMs === null),
  )
  await untilPlanned(access.databaseUrl, before.length, beginAt)

  await pause(Math.max(0, beginAt - Date.now()))
  say(`${planned.length} faults in ${totalMs / 1_000} s; half are due after ${burstAtMs / 1_000} s`)
  const [faults, onTheWay] = await Promise.all([
    injectFaults(stage, planned, beginAt),
    writePosts(
      writing,
      posts.filter(({ writtenAtMs }) => writtenAtMs !== null),
    ),
    pause(totalMs),
  ])

  say('waiting until everything is settled')
  const patienceMs = isShort ? 45_000 : 300_000
  const expected = [...before, ...onTheWay]
  await untilSettled(access.databaseUrl, expected.length, Date.now() + patienceMs)
  await pause(afterglowMs)
  const [journal, ledger] = await Promise.all([
    readJournal(stage.dataDir),
    readLedger(access.databaseUrl, timing.leaseMs),
  ])
  const { minutes } = timing
  const { afterMs } = stage
  return verdictOn({ expected, journal, ledger, faults, minutes, afterMs, tooLateMs })
}

/**
 * Raises the priority of this process: all connections go through it, and on a full machine it would delay everything,
 * which is no planned fault. Only root may do this; for others the priority stays as it is.
 */
function standAbove(): void {
  try {
    setPriority(-10)
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

function stageOf(
  stack: Stack,
  dataDir: string,
  publishers: number,
  afterMs: number,
  proxies: ReadonlyMap<Server, TcpFaultProxy>,
): Stage {
  const proxyTo = (server: Server) => {
    const proxy = proxies.get(server)
    if (!proxy) throw new Error(`nothing stands before ${server}`)
    return proxy
  }
  return {
    stack,
    dataDir,
    publishers: Array.from({ length: publishers }, (_, index) => `publishing-${index + 1}`),
    services,
    proxies: {
      postgres: proxyTo('postgres'),
      nats: proxyTo('nats'),
      sandbox: proxyTo('sandbox'),
    },
    afterMs,
    taken: new Set(),
  }
}
