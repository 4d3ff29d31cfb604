import type { Bench } from '../bench.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { logLogSlope, median } from '../measuring/statistics.ts'
import { instantPublisher } from '../publishing/instant-publisher.ts'
import { seedChannels } from '../publishing/seed-channels.ts'
import { seedPublications } from '../publishing/seed-publications.ts'
import { settledRate } from '../publishing/settled-rate.ts'
import { manyChannels, publishingWorld, type World } from '../publishing/world.ts'
import type { Scenario } from '../scenario.ts'
import { type Database, makeDatabase } from '../servers/databases.ts'

const nextMonth = () => Date.now() + 30 * 86_400_000

export const backlog: Scenario = {
  id: 'G7',
  title: 'The cost of what is not due yet, and of what is done',
  run: async (bench: Bench) => {
    const count = bench.size(3_000, 200)
    const sizes = bench.size(1, 0) ? [0, 50_000, 500_000] : [0, 20_000, 100_000]
    await using world = await publishingWorld(bench)
    const full = await secondDatabase(bench, world)
    const env = { CONCURRENCY: '512' }
    await world.publisher({ main: instantPublisher, env })
    const nats = await bench.servers.nats('nats-full')
    await world.publisher({ main: instantPublisher, env, database: full, natsUrl: nats.url })

    const points: [number, number][] = []
    let backlogged = 0
    await settledRate(full, count, 'warm')
    for (const size of sizes) {
      await addBacklog(full, size - backlogged)
      backlogged = size
      const rates: number[] = []
      for (let round = 0; round < 3; round++) rates.push(await settledRate(full, count, `b${size}`))
      points.push([size, 1_000_000 / median(rates)])
      bench.say(`${size} waiting: ${Math.round(median(rates))} posts/s`)
    }
    const meter = new ProcessorMeter('post')
    const rates = await interleave(bench.rounds, {
      full: (round) => meter.during(count, () => settledRate(full, count, `full${round}`)),
      empty: (round) => settledRate(world.database, count, `empty${round}`),
    })
    const waves = await heldSnapshot(world, count, bench.size(2, 1))
    return {
      sizes: `${backlogged} publications of the months ahead in one table, none in the other; waves of ${count} that are due`,
      findings: [
        {
          measure: 'posts/s with the backlog ÷ without',
          unit: '×',
          rounds: ratios(rates.full, rates.empty),
          own: { unit: 'posts/s', rounds: rates.full },
          processor: meter.last(rates.full.length),
          atLeast: 0.9,
          scale: `${Math.round(median(rates.full))} ÷ ${Math.round(median(rates.empty))} posts/s`,
        },
        {
          measure: 'posts/s in the tenth wave ÷ in the first, while a snapshot keeps dead rows',
          unit: '×',
          rounds: waves,
          atLeast: 0.9,
        },
        {
          measure: 'growth of the cost of a post with the backlog, as a power of it',
          unit: 'slope',
          rounds: [logLogSlope(points)],
          atMost: 0.1,
        },
      ],
      curves: [{ name: 'backlog', x: 'publications not due yet', y: 'µs per post', points }],
    }
  },
}

async function secondDatabase(bench: Bench, world: World): Promise<Database> {
  const full = await makeDatabase(world.postgres, 'backlogged', ['publishing'])
  await seedChannels(full, world.network.url, manyChannels)
  bench.say('seeding')
  return full
}

async function addBacklog(database: Database, count: number): Promise<void> {
  const batch = 250_000
  for (let done = 0; done < count; done += batch) {
    const part = Math.min(batch, count - done)
    await seedPublications(database, {
      count: part,
      kind: 'later',
      dueAt: nextMonth() + done,
      apartMs: 1_000,
      channels: manyChannels,
    })
  }
  // What a table that filled up over months would look like.
  await database.pool.query('vacuum analyze publishing.publications')
  await database.pool.query('checkpoint')
}

/** Ten waves through one table while an old transaction keeps every dead row visible; as often as it takes to trust it. */
async function heldSnapshot({ database }: World, count: number, times: number): Promise<number[]> {
  const rounds: number[] = []
  for (let round = 0; round < times; round++) {
    const holder = await database.pool.connect()
    await holder.query('begin isolation level repeatable read')
    await holder.query('select count(*) from publishing.publications')
    const waves: number[] = []
    for (let wave = 0; wave < 10; wave++) {
      waves.push(await settledRate(database, count, `held${round}-${wave}`))
    }
    await holder.query('rollback')
    holder.release()
    rounds.push((waves[9] ?? Number.NaN) / (waves[0] ?? Number.NaN))
  }
  return rounds
}
