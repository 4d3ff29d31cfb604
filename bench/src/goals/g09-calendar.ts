import type { Bench } from '../bench.ts'
import { monthOfBareSql, monthOfGateway } from '../calendar/read-month.ts'
import { seedCalendar } from '../calendar/seed-calendar.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { logLogSlope, median } from '../measuring/statistics.ts'
import { startService } from '../publishing/publisher.ts'
import type { Scenario } from '../scenario.ts'
import { makeDatabase } from '../servers/databases.ts'
import { setUpWorkspace } from '../servers/workspace.ts'

export const calendar: Scenario = {
  id: 'G9',
  title: 'A month of one workspace in the calendar',
  run: async (bench: Bench) => {
    const postgres = await bench.servers.postgres()
    const installation = async (name: string) => {
      const nats = await bench.servers.nats(`nats-${name}`)
      const database = await makeDatabase(postgres, name, ['gateway', 'scheduling'])
      const options = { database, natsUrl: nats.url }
      const gateway = await startService(bench.servers, 'gateway', options)
      await startService(bench.servers, 'scheduling', options)
      return { database, gateway, ...(await setUpWorkspace(bench.servers, database)) }
    }
    const small = await installation('small')
    const large = await installation('large')
    const reads = bench.size(40, 10)
    const sizes = bench.size(1, 0) ? [10_000, 100_000, 1_000_000] : [10_000, 30_000, 100_000]
    await seedCalendar(small, 0, 10_000)
    const points: [number, number][] = []
    let seeded = 0
    for (const size of sizes) {
      await seedCalendar(large, seeded, size)
      seeded = size
      await monthOfGateway(large, reads)
      points.push([size, await monthOfGateway(large, reads)])
    }
    const meter = new ProcessorMeter('month')
    const ms = await interleave(bench.rounds, {
      large: () => meter.during(reads, () => monthOfGateway(large, reads)),
      small: () => monthOfGateway(small, reads),
      sql: () => monthOfBareSql(large, reads),
    })
    const ours = {
      own: { unit: 'ms', rounds: ms.large },
      processor: meter.last(ms.large.length),
    }
    await Promise.all([small, large].map(({ database }) => database.pool.end()))
    return {
      sizes: `a month of about 417 posts, read through the gateway in pages of 1,000; ${seeded} posts of 200 workspaces against 10000`,
      findings: [
        {
          measure: `median time with ${seeded} posts ÷ with 10000`,
          unit: '×',
          rounds: ratios(ms.large, ms.small),
          ...ours,
          atMost: 1.5,
          scale: `${median(ms.large).toFixed(1)} ÷ ${median(ms.small).toFixed(1)} ms`,
        },
        {
          measure: 'median time through the gateway ÷ the same pages by prepared SQL',
          unit: '×',
          rounds: ratios(ms.large, ms.sql),
          ...ours,
          atMost: 1.5,
          scale: `${median(ms.large).toFixed(1)} ÷ ${median(ms.sql).toFixed(1)} ms`,
          note: 'over HTTP and NATS, authenticated, and every entry checked at both ends',
        },
        {
          measure: 'growth of the time with the posts, as a power of them',
          unit: 'slope',
          rounds: [logLogSlope(points)],
          atMost: 0.1,
        },
      ],
      curves: [{ name: 'calendar', x: 'posts in the calendar', y: 'ms for a month', points }],
    }
  },
}
