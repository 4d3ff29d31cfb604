import type { Bench } from '../bench.ts'
import { type ProcessorCost, ProcessorMeter } from '../measuring/processor-meter.ts'
import type { ArrivalReport } from '../network/arrivals.ts'
import { publishingWorld } from '../publishing/world.ts'
import type { Finding, Scenario } from '../scenario.ts'

const perMinute = 100_000

export const onTime: Scenario = {
  id: 'G2',
  title: 'From due to the request, at a steady pace',
  run: async (bench: Bench) => {
    const pace = bench.size(perMinute, 6_000)
    const spanMs = bench.size(10_000, 6_000)
    const count = Math.round((pace * spanMs) / 60_000)
    await using world = await publishingWorld(bench)
    await world.publisher()
    const meter = new ProcessorMeter('post')
    const run = async (): Promise<ArrivalReport> => {
      // Planned well ahead, so that only publishing works when the posts are due.
      const dueAt = Math.round(Date.now() + 2_000 + count / 10)
      await world.plan([{ count, dueAt, apartMs: spanMs / count }])
      return meter.during(count, () => world.done(count))
    }
    await run()
    const up: ArrivalReport[] = []
    for (let round = 0; round < 3; round++) up.push(await run())
    const upCost = meter.last(up.length)
    world.nats.process.kill('SIGKILL')
    const down: ArrivalReport[] = []
    for (let round = 0; round < 3; round++) down.push(await run())
    return {
      sizes: `the pace of ${pace} posts a minute, for ${spanMs / 1000} s; PostgreSQL and NATS on the same cores`,
      findings: [
        finding('median', up, 'p50', upCost),
        finding('99 of 100', up, 'p99', upCost, 25),
        finding('999 of 1,000', up, 'p999', upCost, 150),
        finding('99 of 100, NATS killed', down, 'p99', meter.last(down.length), 1_000),
      ],
    }
  },
}

function finding(
  which: string,
  reports: readonly ArrivalReport[],
  field: 'p50' | 'p99' | 'p999',
  processor: ProcessorCost,
  atMost?: number,
): Finding {
  return {
    measure: `due → at the network, ${which}`,
    unit: 'ms',
    rounds: reports.map(({ kinds }) => kinds.post?.[field] ?? Number.NaN),
    processor,
    ...(atMost === undefined ? {} : { atMost }),
  }
}
