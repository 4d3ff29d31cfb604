import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '@hamava/dev-stack/parts'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { Bench } from '../bench.ts'
import { quantile } from '../measuring/statistics.ts'
import { publishingWorld, type World } from '../publishing/world.ts'
import type { Scenario } from '../scenario.ts'

const leaseMs = 5_000
const env = { LEASE_MS: `${leaseMs}`, REQUEST_TIMEOUT_MS: '1000' }

export const recovery: Scenario = {
  id: 'G14',
  title: 'Until it works again',
  run: async (bench: Bench) => {
    const rounds = Array.from({ length: bench.size(5, 2) }, (_, round) => round)
    await using world = await publishingWorld(bench)
    const killed: number[] = []
    for (const _ of rounds) killed.push(await killPublisher(world))
    await world.publisher({ env })
    const restarted: number[] = []
    for (const _ of rounds) restarted.push(await restartPostgres(world, bench))
    const wiped: number[] = []
    for (const _ of rounds) wiped.push(await wipeNats(world, bench))
    const measure = (what: string, seconds: number[], atMost: number) => ({
      measure: what,
      unit: 's' as const,
      rounds: seconds,
      atMost,
    })
    return {
      sizes: `leases of ${leaseMs / 1000} s; every server is killed, not stopped`,
      findings: [
        measure(
          'a publisher is killed → all that it held is in other hands',
          killed,
          leaseMs / 1000 + 1,
        ),
        measure('PostgreSQL is back → posts leave at 0.95 of their pace', restarted, 5),
        measure('NATS is back without its store → all streams are there again', wiped, 5),
      ],
    }
  },
}

/** One of two dies with requests under way. */
async function killPublisher(world: World): Promise<number> {
  const { pool } = world.database
  const dying = await world.publisher({ env })
  await world.plan([{ count: 2_000, dueAt: Date.now() + 1_000 }], 500)
  const owner = await until(
    async () => {
      const { rows } = await pool.query<{ lease_owner: string }>(
        'select lease_owner from publishing.publications where lease_owner is not null limit 1',
      )
      return rows[0]?.lease_owner
    },
    { what: 'a publisher taking work', timeoutMs: 20_000 },
  )
  const other = await world.publisher({ env })
  dying.kill('SIGKILL')
  const killedAt = performance.now()
  await until(
    async () => {
      const { rows } = await pool.query(
        'select 1 from publishing.publications where lease_owner = $1 limit 1',
        [owner],
      )
      return rows.length === 0 ? true : undefined
    },
    { what: 'taking over', timeoutMs: 60_000, intervalMs: 50 },
  )
  const seconds = (performance.now() - killedAt) / 1000
  await world.done(2_000)
  await other.stop()
  return seconds
}

/** Posts leave at a steady pace before, and again after. */
async function restartPostgres(world: World, { servers }: Bench): Promise<number> {
  const [count, perTenth, before] = [2_000, 10, 4_000]
  await world.plan([{ count, dueAt: Date.now() + 1_500, apartMs: 100 / perTenth }])
  await pause(1_500 + before)
  world.postgres.process.kill('SIGKILL')
  await servers.startAgain(world.postgres)
  const readyAt = Date.now()
  const { tenths, firstAt } = await world.done(count)
  const steady = quantile(tenths.slice(5, before / 100 - 5), 0.5)
  const at = Math.ceil((readyAt - firstAt) / 100)
  const isBack = (_: number, i: number) =>
    i >= at && sum(tenths.slice(i, i + 5)) >= 0.95 * 5 * steady
  return Math.max(0, (tenths.findIndex(isBack) - at) / 10)
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

async function wipeNats({ nats }: World, { servers }: Bench): Promise<number> {
  nats.process.kill('SIGKILL')
  await nats.process.exited
  rmSync(join(nats.folder, 'store'), { recursive: true, force: true })
  await servers.startAgain(nats)
  const backAt = performance.now()
  const connection = await connect({ servers: nats.url })
  const manager = await jetstreamManager(connection)
  await until(async () => ((await manager.streams.names().next()).length > 0 ? true : undefined), {
    what: 'the streams coming back',
    timeoutMs: 60_000,
    intervalMs: 50,
  })
  await connection.close()
  return (performance.now() - backAt) / 1000
}
