import { setTimeout as pause } from 'node:timers/promises'
import type { Bench } from '../bench.ts'
import { residentMegabytes } from '../measuring/process-cost.ts'
import { linearSlope } from '../measuring/statistics.ts'
import { instantPublisher } from '../publishing/instant-publisher.ts'
import { startService } from '../publishing/publisher.ts'
import { clearPublications } from '../publishing/seed-publications.ts'
import { settledRate } from '../publishing/settled-rate.ts'
import { publishingWorld } from '../publishing/world.ts'
import type { Finding, Scenario } from '../scenario.ts'
import { makeDatabase } from '../servers/databases.ts'
import { services } from '../servers/services.ts'

export const memory: Scenario = {
  id: 'G13',
  title: 'Memory',
  run: async (bench: Bench) => {
    const wave = bench.size(5_000, 500)
    const waves = bench.size(10, 6)
    await using world = await publishingWorld(bench)
    const idle = await idleMemory(bench, world.postgres)
    const publisher = await world.publisher({ main: instantPublisher })
    const samples: [number, number][] = []
    for (let done = 0; done < waves; done++) {
      await clearPublications(world.database)
      await settledRate(world.database, wave, `m${done}`)
      samples.push([((done + 1) * wave) / 100_000, residentMegabytes(publisher.pid)])
    }
    // The first half fills caches and the heap's first size; a leak would still show in the second.
    const settled = samples.slice(waves / 2)
    return {
      sizes: `${services.length} services after a while of rest; a publisher through ${wave * waves} posts`,
      findings: [
        ...idle,
        {
          measure: 'a publisher at its highest',
          unit: 'MB',
          rounds: [residentMegabytes(publisher.pid, 'VmHWM')],
          atMost: 220,
        },
        {
          measure: 'growth for each 100,000 posts, in the second half',
          unit: 'MB',
          rounds: [linearSlope(settled)],
          atMost: 1,
        },
      ],
      curves: [
        {
          name: 'memory',
          x: 'posts in 100,000',
          y: 'MB of the publisher',
          points: samples,
        },
      ],
    }
  },
}

async function idleMemory(
  bench: Bench,
  postgres: Parameters<typeof makeDatabase>[0],
): Promise<Finding[]> {
  const database = await makeDatabase(postgres, 'idle', services)
  const nats = await bench.servers.nats('nats-idle')
  const running = await Promise.all(
    services.map((service) =>
      startService(bench.servers, service, { database, natsUrl: nats.url }),
    ),
  )
  await pause(bench.size(20_000, 5_000))
  const megabytes = running.map(({ pid }) => residentMegabytes(pid))
  await Promise.all(running.map((one) => one.stop()))
  await database.pool.end()
  return services.map((service, i) => ({
    measure: `${service} at rest`,
    unit: 'MB' as const,
    rounds: [megabytes[i] ?? Number.NaN],
    atMost: 130,
  }))
}
