import type { Bench } from '../bench.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { median } from '../measuring/statistics.ts'
import type { Seed } from '../publishing/seed-publications.ts'
import { publishingWorld } from '../publishing/world.ts'
import type { Scenario } from '../scenario.ts'

const hotChannels = 10
const coldChannels = 990

export const fairness: Scenario = {
  id: 'G17',
  title: 'Quiet channels beside flooding ones',
  run: async (bench: Bench) => {
    const hot = bench.size(10_000, 400)
    const spanMs = bench.size(5_000, 2_000)
    await using world = await publishingWorld(bench, hotChannels + coldChannels)
    await world.publisher()
    const meter = new ProcessorMeter('post')
    const coldP99 = async (flood: boolean): Promise<number> => {
      const dueAt = Math.round(Date.now() + 2_000 + hot / 10)
      const cold: Seed = {
        kind: 'cold',
        count: coldChannels,
        firstChannel: hotChannels,
        channels: coldChannels,
        dueAt,
        apartMs: spanMs / coldChannels,
      }
      const flooding: Seed = { kind: 'hot', count: hot, channels: hotChannels, dueAt }
      await world.plan(flood ? [cold, flooding] : [cold])
      const count = flood ? coldChannels + hot : coldChannels
      const report = await (flood
        ? meter.during(count, () => world.done(count))
        : world.done(count))
      return report.kinds.cold?.p99 ?? Number.NaN
    }
    const p99 = await interleave(bench.rounds, {
      flooded: () => coldP99(true),
      quiet: () => coldP99(false),
    })
    return {
      sizes: `${coldChannels} channels with a post each within ${spanMs / 1000} s; ${hotChannels} others with ${hot} posts due at once`,
      findings: [
        {
          measure: 'lateness of 99 of 100 posts of quiet channels, beside the flood ÷ without it',
          unit: '×',
          rounds: ratios(p99.flooded, p99.quiet),
          own: { unit: 'ms', rounds: p99.flooded },
          processor: meter.last(p99.flooded.length),
          atMost: 1.2,
          scale: `${Math.round(median(p99.flooded))} ÷ ${Math.round(median(p99.quiet))} ms`,
        },
      ],
    }
  },
}
