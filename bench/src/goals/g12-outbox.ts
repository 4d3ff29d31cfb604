import { postScheduled, streamOf, systemContext } from '@hamava/contracts'
import { until } from '@hamava/dev-stack/parts'
import { newId } from '@hamava/service-kit'
import { jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { Bench } from '../bench.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { median } from '../measuring/statistics.ts'
import { startPeer } from '../peers/peers.ts'
import { startService } from '../publishing/publisher.ts'
import type { Finding, Scenario } from '../scenario.ts'
import { type Database, makeDatabase } from '../servers/databases.ts'

const body = { filler: 'رویدادی برای سنجش'.repeat(6) }
const bare = { name: 'bare', subject: 'bare.event' }

export const outbox: Scenario = {
  id: 'G12',
  title: 'Events from a transaction to the stream',
  run: async (bench: Bench) => {
    const postgres = await bench.servers.postgres()
    const count = bench.size(30_000, 5_000)
    const safeCount = bench.size(10_000, 2_000)
    return {
      sizes: `${count} events committed at once; ${safeCount} where NATS syncs each message to the disk`,
      findings: [
        await compare(bench, postgres, count, false),
        await compare(bench, postgres, safeCount, true),
      ],
    }
  },
}

/** NATS syncs every two minutes by itself; the product's own servers sync each message. */
async function compare(
  bench: Bench,
  postgres: Parameters<typeof makeDatabase>[0],
  count: number,
  durable: boolean,
): Promise<Finding> {
  const name = durable ? 'synced' : 'unsynced'
  const nats = await bench.servers.nats(`nats-${name}`, { durable })
  const database = await makeDatabase(postgres, name, ['content'])
  await startService(bench.servers, 'content', { database, natsUrl: nats.url })
  const publisher = await startPeer('js-publish', { env: { NATS_URL: nats.url } })
  const connection = await connect({ servers: nats.url })
  const { streams } = await jetstreamManager(connection)
  await streams.add({
    name: bare.name,
    subjects: [bare.subject],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
  })
  /** Timed by the server's own stamps, for both sides alike. */
  const rateOf = async (stream: string, fill: () => Promise<unknown>): Promise<number> => {
    await streams.purge(stream)
    await fill()
    const { state } = await until(
      async () => {
        const info = await streams.info(stream)
        return info.state.messages >= count ? info : undefined
      },
      { what: `${count} events in ${stream}`, timeoutMs: 120_000, intervalMs: 50 },
    )
    return count / ((stamp(state.last_ts) - stamp(state.first_ts)) / 1000)
  }
  const meter = new ProcessorMeter('event')
  const rates = await interleave(bench.rounds, {
    ours: () =>
      meter.during(count, () =>
        rateOf(streamOf('content').name, () => commitEvents(database, count)),
      ),
    theirs: () => rateOf(bare.name, () => publisher.ask({ count, subject: bare.subject, body })),
  })
  await connection.close()
  await database.pool.end()
  return {
    measure: `events/s ÷ bare js.publish with 256 in flight${durable ? ', each synced to the disk' : ''}`,
    unit: '×',
    rounds: ratios(rates.ours, rates.theirs),
    own: { unit: 'events/s', rounds: rates.ours },
    processor: meter.last(rates.ours.length),
    atLeast: 0.8,
    scale: `${Math.round(median(rates.ours))} ÷ ${Math.round(median(rates.theirs))} events/s`,
  }
}

const stamp = (text: string | Date): number => new Date(text).getTime()

/** Writes outbox rows as `Transactions` does, without the change that they tell of. */
async function commitEvents({ pool }: Database, count: number): Promise<void> {
  await pool.query('truncate content.outbox')
  const run = newId('event')
  await pool.query(
    `insert into content.outbox (id, event, context, body)
     select $1 || n, $2, $3, $4 from generate_series(1, $5::int) as n`,
    [run, postScheduled.name, systemContext(newId('workspace'), 'content'), body, count],
  )
}
