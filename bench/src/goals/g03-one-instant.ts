import type { Bench } from '../bench.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { median } from '../measuring/statistics.ts'
import { startPeer } from '../peers/peers.ts'
import { dueAfterPlanning, perSecond, publishingWorld } from '../publishing/world.ts'
import type { Scenario } from '../scenario.ts'

const connections = 64

export const oneInstant: Scenario = {
  id: 'G3',
  title: 'Posts due at one instant',
  run: async (bench: Bench) => {
    const count = bench.size(20_000, 5_000)
    await using world = await publishingWorld(bench, bench.size(10_000, 1_000))
    await world.publisher({ env: { CONCURRENCY: `${connections}` } })
    const env = { NETWORK_URL: world.network.url, CONNECTIONS: `${connections}` }
    const floor = await startPeer('undici', { env })
    const meter = new ProcessorMeter('post')
    const rates = await interleave(bench.rounds, {
      ours: async () => {
        const dueAt = dueAfterPlanning(count)
        await world.plan([{ count, dueAt }])
        return perSecond(count, dueAt, await meter.during(count, () => world.done(count)))
      },
      floor: async () => {
        await world.network.begin()
        const { dueAt } = await floor.ask<{ dueAt: number }>({ count })
        return perSecond(count, dueAt, await world.network.arrived(count))
      },
    })
    await floor.stop()
    return {
      sizes: `${count} posts due at one instant, ${connections} connections`,
      findings: [
        {
          measure: 'posts/s ÷ a bare undici loop',
          unit: '×',
          rounds: ratios(rates.ours, rates.floor),
          own: { unit: 'posts/s', rounds: rates.ours },
          processor: meter.last(rates.ours.length),
          atLeast: 0.6,
          scale: `${Math.round(median(rates.ours))} ÷ ${Math.round(median(rates.floor))} posts/s`,
        },
      ],
    }
  },
}
