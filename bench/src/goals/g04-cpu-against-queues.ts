import type { Bench } from '../bench.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { cpuSeconds } from '../measuring/process-cost.ts'
import { median } from '../measuring/statistics.ts'
import { runJobs } from '../peers/job-queue.ts'
import { startPeer } from '../peers/peers.ts'
import { allRelayed } from '../publishing/settled.ts'
import { dueAfterPlanning, publishingWorld } from '../publishing/world.ts'
import type { Finding, Scenario } from '../scenario.ts'
import { makeDatabase } from '../servers/databases.ts'
import { startRedis } from '../servers/redis.ts'

const connections = 64

export const cpuAgainstQueues: Scenario = {
  id: 'G4',
  title: 'Posts per second of processor time',
  run: async (bench: Bench) => {
    const count = bench.size(20_000, 1_000)
    await using world = await publishingWorld(bench)
    const { network } = world
    const publisher = await world.publisher({ env: { CONCURRENCY: `${connections}` } })
    const { url } = await makeDatabase(world.postgres, 'peers', [])
    const env = {
      DATABASE_URL: url,
      NETWORK_URL: network.url,
      CONNECTIONS: `${connections}`,
      CONCURRENT_JOBS: `${connections}`,
      REDIS_PORT: `${await startRedis(bench.servers)}`,
    }
    const graphile = await startPeer('graphile-worker', { env })
    const boss = await startPeer('pg-boss', { env })
    const bull = await startPeer('bullmq', { env })
    const jobsOf = (queue: typeof graphile) => async () => {
      await network.begin()
      const { perCpuSecond } = await runJobs(queue, count, dueAfterPlanning(count))
      await network.arrived(count)
      return { settled: perCpuSecond, relayed: perCpuSecond }
    }
    const rates = await interleave(bench.rounds, {
      ours: async () => {
        await world.plan([{ count, dueAt: dueAfterPlanning(count) }])
        const before = cpuSeconds(publisher.pid)
        await world.done(count)
        const settled = cpuSeconds(publisher.pid)
        await allRelayed(world.database)
        const relayed = cpuSeconds(publisher.pid)
        return { settled: count / (settled - before), relayed: count / (relayed - before) }
      },
      graphile: jobsOf(graphile),
      boss: jobsOf(boss),
      bull: jobsOf(bull),
    })
    await Promise.all([graphile, boss, bull].map((peer) => peer.stop()))
    const compare = (name: string, peer: keyof typeof rates, atLeast?: number): Finding => {
      const ours = rates.ours.map(({ relayed }) => relayed)
      const theirs = rates[peer].map(({ relayed }) => relayed)
      const settled = rates.ours.map((one) => one.settled)
      return {
        measure: `posts per CPU-second, events relayed, ÷ ${name}`,
        unit: '×',
        rounds: ratios(ours, theirs),
        own: { unit: 'posts', rounds: ours },
        ...(atLeast === undefined ? {} : { atLeast }),
        scale: `${Math.round(median(ours))} ÷ ${Math.round(median(theirs))} posts`,
        note: `${median(ratios(settled, theirs)).toFixed(2)} × until only the posts are settled`,
      }
    }
    return {
      sizes: `${count} posts due at one instant, ${connections} connections`,
      findings: [
        compare('graphile-worker', 'graphile', 1.6),
        compare('pg-boss', 'boss', 1.8),
        compare('BullMQ', 'bull'),
      ],
    }
  },
}
