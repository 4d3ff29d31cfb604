import { join } from 'node:path'
import { startStack } from '@hamava/dev-stack'
import type { Bench } from '../bench.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { startService } from '../publishing/publisher.ts'
import type { Finding, Scenario } from '../scenario.ts'
import { makeDatabase } from '../servers/databases.ts'
import { services } from '../servers/services.ts'

export const boot: Scenario = {
  id: 'G15',
  title: 'From nothing to ready',
  run: async (bench: Bench) => {
    const rounds = Array.from({ length: bench.rounds }, (_, round) => round)
    const [postgres, nats] = [await bench.servers.postgres(), await bench.servers.nats('nats')]
    const database = await makeDatabase(postgres, 'hamava', services)
    const findings: Finding[] = []
    for (const service of services) {
      const seconds: number[] = []
      const meter = new ProcessorMeter('start')
      for (const _ of rounds) {
        const begun = performance.now()
        const running = await meter.during(1, () =>
          startService(bench.servers, service, { database, natsUrl: nats.url }),
        )
        seconds.push((performance.now() - begun) / 1000)
        await running.stop()
      }
      findings.push({
        measure: `${service}, from its start to ready`,
        unit: 's',
        rounds: seconds,
        processor: meter.last(seconds.length),
        atMost: 2,
      })
    }
    await database.pool.end()
    const stack: number[] = []
    const meter = new ProcessorMeter('start')
    for (const round of rounds.slice(0, 3)) {
      const begun = performance.now()
      const dataDir = join(bench.servers.folder, `stack-${round}`)
      const running = await meter.during(1, () =>
        startStack({ dataDir, build: false, quiet: true }),
      )
      stack.push((performance.now() - begun) / 1000)
      await running.stop()
    }
    findings.push({
      measure:
        'everything: a new database, NATS, migrations, all services, the sandbox, the demo workspace',
      unit: 's',
      rounds: stack,
      processor: meter.last(stack.length),
      atMost: 15,
    })
    return {
      sizes: 'built programs, one service at a time; then the whole system in an empty folder',
      findings,
    }
  },
}
