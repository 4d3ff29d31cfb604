import type { Bench } from '../bench.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { median } from '../measuring/statistics.ts'
import { runJobs } from '../peers/job-queue.ts'
import { startPeer } from '../peers/peers.ts'
import { instantPublisher } from '../publishing/instant-publisher.ts'
import { clearPublications } from '../publishing/seed-publications.ts'
import { settledRate } from '../publishing/settled-rate.ts'
import { dueAfterPlanning, publishingWorld } from '../publishing/world.ts'
import type { Scenario } from '../scenario.ts'
import { makeDatabase } from '../servers/databases.ts'

export const emptyJobs: Scenario = {
  id: 'G5',
  title: 'Jobs that do nothing',
  run: async (bench: Bench) => {
    const count = bench.size(20_000, 1_000)
    await using world = await publishingWorld(bench)
    await world.publisher({ main: instantPublisher, env: { CONCURRENCY: '512' } })
    const { url } = await makeDatabase(world.postgres, 'peers', [])
    const graphile = await startPeer('graphile-worker', {
      env: { DATABASE_URL: url, CONCURRENT_JOBS: '24' },
    })
    const meter = new ProcessorMeter('job')
    const rates = await interleave(bench.rounds, {
      ours: async (round) => {
        await clearPublications(world.database)
        return meter.during(count, () => settledRate(world.database, count, `empty${round}`))
      },
      graphile: async () => {
        const { perSecond } = await runJobs(graphile, count, dueAfterPlanning(count))
        return perSecond
      },
    })
    await graphile.stop()
    return {
      sizes: `${count} jobs due at one instant, one process each; ours claims, writes the intent, runs the connector against an answer in memory, and settles`,
      findings: [
        {
          measure: 'jobs/s ÷ graphile-worker with the settings of its own performance test',
          unit: '×',
          rounds: ratios(rates.ours, rates.graphile),
          own: { unit: 'jobs/s', rounds: rates.ours },
          processor: meter.last(rates.ours.length),
          atLeast: 2.5,
          scale: `${Math.round(median(rates.ours))} ÷ ${Math.round(median(rates.graphile))} jobs/s`,
        },
      ],
    }
  },
}
