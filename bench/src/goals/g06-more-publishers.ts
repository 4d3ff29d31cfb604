import type { RunningProcess } from '@hamava/dev-stack/parts'
import type { Bench } from '../bench.ts'
import { interleave } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { median } from '../measuring/statistics.ts'
import { dueAfterPlanning, publishingWorld, type World } from '../publishing/world.ts'
import type { Finding, Scenario } from '../scenario.ts'

const replyMs = 200
const connections = 64

export const morePublishers: Scenario = {
  id: 'G6',
  title: 'More publishers on a slow network',
  run: async (bench: Bench) => {
    const each = bench.size(1_000, 640)
    await using world = await publishingWorld(bench)
    const rateOf = (publishers: number, meter?: ProcessorMeter) => () =>
      rateWith(world, publishers, each, meter)
    const meters = { two: new ProcessorMeter('post'), four: new ProcessorMeter('post') }
    const rates = await interleave(
      bench.size(3, 2),
      { one: rateOf(1), two: rateOf(2, meters.two), four: rateOf(4, meters.four) },
      { warmUp: false },
    )
    const eight = await rateWith(world, 8, each)
    const efficiency = (name: 'two' | 'four', publishers: number, atLeast: number): Finding => ({
      measure: `posts/s with ${publishers} publishers ÷ ${publishers} times that with one`,
      unit: '×',
      rounds: rates[name].map((rate, i) => rate / (publishers * (rates.one[i] ?? Number.NaN))),
      own: { unit: 'posts/s', rounds: rates[name] },
      processor: meters[name].last(rates[name].length),
      atLeast,
      scale: `${Math.round(median(rates[name]))} ÷ ${publishers} × ${Math.round(median(rates.one))} posts/s`,
    })
    return {
      sizes: `${each} posts for each publisher, replies after ${replyMs} ms, ${connections} connections each`,
      findings: [efficiency('two', 2, 0.97), efficiency('four', 4, 0.95)],
      curves: [
        {
          name: 'publishers',
          x: 'publishers',
          y: 'posts per second and publisher',
          points: [
            [1, median(rates.one)],
            [2, median(rates.two) / 2],
            [4, median(rates.four) / 4],
            [8, eight / 8],
          ],
        },
      ],
    }
  },
}

async function rateWith(
  world: World,
  publishers: number,
  each: number,
  meter = new ProcessorMeter('post'),
): Promise<number> {
  const count = publishers * each
  const running: RunningProcess[] = []
  for (let i = 0; i < publishers; i++) {
    running.push(await world.publisher({ env: { CONCURRENCY: `${connections}` } }))
  }
  try {
    // Processes that have just started are slow: the measured waves come after one without delay.
    await world.plan([{ count, dueAt: dueAfterPlanning(count) }])
    await world.done(count)
    await world.plan([{ count, dueAt: dueAfterPlanning(count) }], replyMs)
    const { tenthAt, nineTenthsAt } = await meter.during(count, () => world.done(count))
    return (count * 0.8) / ((nineTenthsAt - tenthAt) / 1000)
  } finally {
    await Promise.all(running.map((one) => one.stop()))
  }
}
