import type { RunningProcess } from '@hamava/dev-stack/parts'
import type { Bench } from '../bench.ts'
import { type Network, startNetwork } from '../network/network.ts'
import { type Database, makeDatabase } from '../servers/databases.ts'
import type { Nats } from '../servers/servers.ts'
import { type ServiceOptions, startService } from './publisher.ts'
import { seedChannels } from './seed-channels.ts'
import { clearPublications, type Seed, seedPublications } from './seed-publications.ts'
import { allSettled } from './settled.ts'

/** All that publishing needs around it: servers, its database with channels, and a network. */
export interface World extends AsyncDisposable {
  readonly postgres: Awaited<ReturnType<Bench['servers']['postgres']>>
  readonly database: Database
  readonly nats: Nats
  readonly network: Network
  readonly publisher: (options?: Partial<ServiceOptions>) => Promise<RunningProcess>
  /** Empties the tables and the network's memory, then plans the publications. */
  readonly plan: (seeds: readonly Seed[], delayMs?: number) => Promise<void>
  /** Waits until all is settled, and says what arrived. */
  readonly done: (count: number) => ReturnType<Network['report']>
}

/** So many channels that the order within each never limits the total rate. */
export const manyChannels = 1_000

export async function publishingWorld(bench: Bench, channels = manyChannels): Promise<World> {
  const [postgres, nats, network] = await Promise.all([
    bench.servers.postgres(),
    bench.servers.nats('nats'),
    startNetwork(),
  ])
  const database = await makeDatabase(postgres, 'hamava', ['publishing'])
  await seedChannels(database, network.url, channels)
  return {
    postgres,
    database,
    nats,
    network,
    publisher: (options) =>
      startService(bench.servers, 'publishing', {
        database,
        natsUrl: nats.url,
        networkUrl: network.url,
        ...options,
      }),
    plan: async (seeds, delayMs = 0) => {
      await clearPublications(database)
      await network.begin(delayMs)
      for (const seed of seeds) await seedPublications(database, { channels, ...seed })
    },
    done: async (count) => {
      const report = await network.arrived(count)
      await allSettled(database)
      if (report.count !== count) throw new Error(`${report.count} posts arrived, not ${count}`)
      return report
    },
    [Symbol.asyncDispose]: async () => {
      await database.pool.end()
      await network.stop()
    },
  }
}

/** Far enough ahead that all of them are planned before the first is due. */
export const dueAfterPlanning = (count: number): number =>
  Math.round(Date.now() + 1_500 + count / 15)

/** Posts per second from the moment they were due to the last arrival. */
export const perSecond = (count: number, dueAt: number, { lastAt }: { lastAt: number }): number =>
  count / ((lastAt - dueAt) / 1000)
