import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Bench } from '../bench.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { median } from '../measuring/statistics.ts'
import { startService } from '../publishing/publisher.ts'
import { seedChannels } from '../publishing/seed-channels.ts'
import type { Scenario } from '../scenario.ts'
import { makeDatabase } from '../servers/databases.ts'
import { setUpWorkspace } from '../servers/workspace.ts'

const services = ['content', 'scheduling', 'publishing', 'gateway'] as const
const channels = 50

export const manyChannels: Scenario = {
  id: 'G16',
  title: 'One post for fifty channels',
  run: async (bench: Bench) => {
    const { servers } = bench
    // Every statement with the virtual transaction that it belongs to.
    const logging = ['log_statement=all', 'log_line_prefix=tx=%v ']
    const [postgres, nats] = [await servers.postgres(logging), await servers.nats('nats')]
    const database = await makeDatabase(postgres, 'hamava', services)
    const { workspaceId, apiKey } = await setUpWorkspace(servers, database)
    await seedChannels(database, 'http://127.0.0.1:9', channels)
    await database.pool.query('update publishing.channels set workspace_id = $1', [workspaceId])
    let gatewayUrl = ''
    for (const service of services) {
      const { url } = await startService(servers, service, { database, natsUrl: nats.url })
      if (service === 'gateway') gatewayUrl = url
    }
    const post = async (targets: number) => {
      const begun = performance.now()
      const response = await fetch(`${gatewayUrl}/v1/posts`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${apiKey}`,
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify({
          text: 'یک نوشته برای کانال‌های بسیار',
          targets: Array.from({ length: targets }, (_, n) => ({
            channelId: `ch_${`${n}`.padStart(26, '0')}`,
          })),
          schedule: { at: new Date(Date.now() + 86_400_000).toISOString() },
        }),
      })
      if (!response.ok) throw new Error(await response.text())
      await response.arrayBuffer()
      return performance.now() - begun
    }
    const posts = bench.size(40, 10)
    const medianOf = async (targets: number) => {
      const taken: number[] = []
      for (let i = 0; i < posts; i++) {
        taken.push(await post(targets))
        // Work that the post causes elsewhere should not count for the next one.
        await pause(targets * 4)
      }
      return median(taken)
    }
    const meter = new ProcessorMeter('post')
    const ms = await interleave(bench.rounds, {
      many: () => meter.during(posts, () => medianOf(channels)),
      one: () => medianOf(1),
    })
    const counts = statementsPerPost(readFileSync(postgres.logFile, 'utf8'))
    await database.pool.end()
    return {
      sizes: `${channels} channels against one, through the gateway, durable when answered`,
      findings: [
        {
          measure: 'statements in the transaction that keeps the post',
          unit: 'statements',
          rounds: counts,
          atMost: 3,
          note: 'the same for one channel and for fifty; without begin and commit',
        },
        {
          measure: `median time for ${channels} channels ÷ for one`,
          unit: '×',
          rounds: ratios(ms.many, ms.one),
          own: { unit: 'ms', rounds: ms.many },
          processor: meter.last(ms.many.length),
          atMost: 1.5,
          scale: `${median(ms.many).toFixed(1)} ÷ ${median(ms.one).toFixed(1)} ms`,
        },
      ],
    }
  },
}

/** The server's log tells each statement once, with its transaction. */
function statementsPerPost(log: string): number[] {
  const statements = [...log.matchAll(/^tx=(\S+) LOG: {2}(?:statement|execute [^:]*): (.*)$/gm)]
  const byTransaction = Map.groupBy(statements, ([, transaction]) => transaction)
  return [...byTransaction.values()]
    .filter((lines) => lines.some(([, , sql]) => /^with post as/i.test(sql ?? '')))
    .map((lines) => lines.filter(([, , sql]) => !/^(start|begin|commit)/i.test(sql ?? '')).length)
}
