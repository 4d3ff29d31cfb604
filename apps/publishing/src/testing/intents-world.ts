import { newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { database } from '../database/database.ts'
import { type Look, WriteIntents } from '../dispatch/claim/write-intents.ts'
import { untilNextLane } from '../lanes/claim-lanes.ts'
import { dataSourceOptions } from './data-source.ts'

/** How a publication differs from an ordinary one that is due now. */
export interface Given {
  state?: string
  /** From now, as PostgreSQL writes intervals. */
  due?: string
  hash?: string | null
  part?: number
  kind?: string
  network?: string
  channel?: string
  workspace?: string
  app?: string
}

/** Rows of publications with their lanes, and replicas that write intents of them without sending anything. */
export async function intentsWorld() {
  const db = await testDatabase(database)
  const dataSource = await new DataSource(dataSourceOptions(db.url)).initialize()

  return {
    dataSource,
    url: db.url,
    empty: () =>
      dataSource.query(
        'truncate publications, attempts, lanes, holds, app_budgets, late_policies, channels, revocations',
      ),
    async close() {
      await dataSource.destroy()
      await db.drop()
    },

    /** One publication on each of so many channels, or all on one; their lanes know of them. */
    async given(count: number, row: Given = {}): Promise<string[]> {
      const ids = Array.from({ length: count }, () => newId('publication'))
      const { state = 'planned', due = '0 s', hash = 'h', part = 0, kind = 'post' } = row
      const channels = ids.map((id) => row.channel ?? `ch_${id}`)
      await dataSource.query(
        `insert into publications (id, workspace_id, kind, channel_id, network, state, version, snapshot,
           snapshot_hash, approved_hash, due_at, next_attempt_at, attempt_count, part, part_count, live_parts,
           absent_reads, revision)
         select id, $8, $2, channel, $7, $3, 1, '{}', 'h', $4, clock_timestamp() + $5::interval,
           clock_timestamp() + $5::interval, 0, $6, 2, '[]', 0, 1
         from unnest($1::text[], $9::text[]) as n(id, channel)`,
        [
          ids,
          kind,
          state,
          hash,
          due,
          part,
          row.network ?? 'sandbox',
          row.workspace ?? 'ws',
          channels,
        ],
      )
      await dataSource.query(
        `insert into lanes (channel_id, workspace_id, network, app, next_at)
         select distinct channel, $2, $3, $4, clock_timestamp() + $5::interval from unnest($1::text[]) as channel
         on conflict do nothing`,
        [channels, row.workspace ?? 'ws', row.network ?? 'sandbox', row.app ?? null, due],
      )
      return ids
    },

    /** One flush of intents by a replica: the publications that passed, and those it has to resolve in doubt. */
    async write(owner = 'me', limit = 100, config: Partial<Config> = {}, look: Partial<Look> = {}) {
      const settings = { LEASE_MS: 60_000, LATE_MINUTES: 15, PUBLISHING_NETWORKS: [], ...config }
      const { intents, inDoubt: doubts } = await new WriteIntents(
        dataSource,
        settings as unknown as Config,
      ).run(owner, { limit, since: new Date(0), fullNetworks: [], isFreshFirst: false, ...look })
      return { passed: intents.map(({ row }) => row.id), doubts }
    },

    untilNext: () =>
      untilNextLane(dataSource.manager, { networks: [], fullNetworks: [], since: new Date(0) }),

    one: async <T>(sql: string, values: unknown[] = []) =>
      (await dataSource.query<T[]>(sql, values))[0],
  }
}
export type IntentsWorld = Awaited<ReturnType<typeof intentsWorld>>
