import { calmConnections, newId } from '@hamava/service-kit'
import { eventually, type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { database } from '../database/database.ts'
import { untilNextLane } from '../lanes/claim-lanes.ts'
import { freeLanes, giveBackLanes } from '../lanes/free-lanes.ts'
import { repairLanes } from '../lanes/repair-lanes.ts'
import { dataSourceOptions } from '../testing/data-source.ts'
import { passedAlready, passFence } from './fence.ts'
import { WriteIntents } from './write-intents.ts'

interface Given {
  state?: string
  due?: string
  hash?: string | null
  part?: number
  kind?: string
  network?: string
  channel?: string
  workspace?: string
  app?: string
}

describe('writing intents', () => {
  let db: TestDatabase
  let dataSource: DataSource
  beforeAll(async () => {
    db = await testDatabase(database)
    dataSource = await new DataSource(dataSourceOptions(db.url)).initialize()
  })
  beforeEach(() =>
    dataSource.query(
      'truncate publications, attempts, lanes, holds, app_budgets, late_policies, channels',
    ),
  )
  afterAll(async () => {
    await dataSource?.destroy()
    await db?.drop()
  })

  /** One publication on each of so many channels, or all on one; their lanes know of them. */
  async function given(count: number, row: Given = {}): Promise<string[]> {
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
  }
  const writer = (config: Partial<Config> = {}) =>
    new WriteIntents(dataSource, {
      LEASE_MS: 60_000,
      LATE_MINUTES: 15,
      PUBLISHING_NETWORKS: [],
      ...config,
    } as unknown as Config)
  const write = async (
    owner = 'me',
    limit = 100,
    config: Partial<Config> = {},
    isFreshFirst = false,
  ) => {
    const look = { limit, since: new Date(0), isFreshFirst }
    const { intents, doubts } = await writer(config).run(owner, look)
    return { passed: intents.map(({ row }) => row.id), doubts }
  }
  const untilNext = () => untilNextLane(dataSource.manager, { networks: [], since: new Date(0) })
  const one = async <T>(sql: string, values: unknown[] = []) =>
    (await dataSource.query<T[]>(sql, values))[0]

  it('lets what can still be on time go before a backlog, when asked to', async () => {
    const late = await given(6, { due: '-1 minute' })
    const lanes = late.map((id) => ({ channelId: `ch_${id}` }))
    // What a lane is told when it gets into line again.
    await freeLanes(dataSource.manager, lanes, 15)
    const fresh = await given(2)
    const [oldest] = (await write('me', 1)).passed
    expect(late).toContain(oldest)
    const first = await write('me', 3, {}, true)
    expect(first.passed.filter((id) => fresh.includes(id))).toHaveLength(2)
    expect(first.passed).toHaveLength(3)
    expect((await write('me', 100, {}, true)).passed).toHaveLength(4)
  })

  it('is not kept from lanes by a replica that stands still with a transaction open', async () => {
    const ids = await given(3)
    const frozen = await new DataSource(dataSourceOptions(db.url)).initialize()
    calmConnections(frozen)
    const transaction = frozen.createQueryRunner()
    try {
      await transaction.startTransaction()
      await transaction.query('select from lanes for update')
      expect((await write()).passed).toEqual([])
      const passed: string[] = []
      await eventually('its transaction is ended', async () => {
        passed.push(...(await write()).passed)
        return passed.length > 0
      })
      expect(passed.sort()).toEqual(ids.sort())
    } finally {
      await transaction.release().catch(() => undefined)
      await frozen.destroy()
    }
  })

  it('gives each publication to one of eight replicas, and one attempt', async () => {
    const ids = await given(400)
    const owners = Array.from({ length: 8 }, (_, at) => `replica ${at}`)
    const claimed = await Promise.all(
      owners.map(async (owner) => {
        const mine: string[] = []
        for (;;) {
          const { passed } = await write(owner, 25)
          if (passed.length === 0) return mine
          mine.push(...passed)
        }
      }),
    )
    expect(claimed.flat().toSorted()).toEqual(ids.toSorted())
    expect(await one('select count(*)::int as count from attempts')).toEqual({ count: 400 })
  })

  it.each<[string, Given]>([
    ['is not approved', { hash: null }],
    ['was approved with another content', { hash: 'other' }],
    ['is not due yet', { due: '1 s' }],
    ['is too late', { due: '-16 minutes' }],
    ['is held', { state: 'held' }],
    ['is cancelled', { state: 'cancelled' }],
    ['has failed', { state: 'failed' }],
  ])('lets nothing pass that %s, not even asked for by name', async (_, row) => {
    const ids = await given(3, row)
    expect((await write()).passed).toEqual([])
    const wanted = ids.map((publicationId) => ({ publicationId, attemptId: newId('attempt') }))
    const options = { owner: 'me', leaseMs: 60_000, lateMinutes: 15 }
    expect(await passFence(dataSource.manager, wanted, options)).toEqual([])
    const states = await dataSource.query('select distinct state from publications')
    expect(states).toEqual([{ state: row.state ?? 'planned' }])
  })

  it.each<[string, Given]>([
    ['a part that follows a live one', { part: 1, due: '-2 h' }],
    ['an answer to a person', { kind: 'message', due: '-2 h' }],
  ])('never counts %s as too late', async (_, row) => {
    const ids = await given(1, row)
    expect((await write()).passed).toEqual(ids)
  })

  it('counts as late what its workspace calls late', async () => {
    const ids = await given(1, { due: '-20 minutes', workspace: 'patient' })
    await given(1, { due: '-10 minutes', workspace: 'strict' })
    await dataSource.query(`insert into late_policies values ('patient', 60), ('strict', 5)`)
    expect((await write()).passed).toEqual(ids)
  })

  it.each([
    ['the workspace', { workspace_id: 'ws' }],
    ['the channel', { channel_id: 'ch' }],
    ['the network', { network: 'sandbox' }],
  ])('lets nothing pass while %s is held', async (_, scope) => {
    const ids = await given(1, { channel: 'ch' })
    const hold = { channel_id: null, network: null, ...scope }
    await dataSource.query(
      `insert into holds (id, workspace_id, channel_id, network, reason, placed_at)
       values ('hold', 'ws', $1, $2, 'storm', now())`,
      [hold.channel_id, hold.network],
    )
    expect((await write()).passed).toEqual([])
    await dataSource.query(`update holds set until = now()`)
    await repairLanes(dataSource.manager, 15)
    await dataSource.query(`update lanes set next_at = now()`)
    expect((await write()).passed).toEqual(ids)
  })

  it('lets what another workspace or channel holds pass', async () => {
    const ids = await given(1, { channel: 'ch' })
    await dataSource.query(
      `insert into holds (id, workspace_id, channel_id, reason, placed_at)
       values ('h1', 'other', null, 'x', now()), ('h2', 'ws', 'another', 'x', now())`,
    )
    expect((await write()).passed).toEqual(ids)
  })

  it('waits for a change that is under way, and then sees it', async () => {
    const [id = ''] = await given(1)
    const runner = dataSource.createQueryRunner()
    await runner.startTransaction()
    await runner.query(`update publications set state = 'cancelled' where id = $1`, [id])
    const writing = write()
    await runner.commitTransaction()
    await runner.release()
    expect((await writing).passed).toEqual([])
  })

  it('can be asked what passed when its answer was lost', async () => {
    const wanted = (await given(2)).map((publicationId) => ({
      publicationId,
      attemptId: newId('attempt'),
    }))
    const options = { owner: 'me', leaseMs: 60_000, lateMinutes: 15 }
    const passed = await passFence(dataSource.manager, wanted, options)
    const asked = await passedAlready(dataSource.manager, wanted)
    const idsOf = (some: typeof asked) => some.map(({ attempt }) => attempt.id).toSorted()
    expect(idsOf(asked)).toEqual(idsOf(passed))
    expect(asked).toHaveLength(2)
  })

  it('takes what was left in sending when its lease is over, and not before', async () => {
    const ids = await given(1)
    await write('first')
    expect(await write('second')).toEqual({ passed: [], doubts: [] })
    await dataSource.query(
      `update publications set lease_until = now() - interval '1 s', next_attempt_at = now()`,
    )
    await dataSource.query(`update lanes set lease_until = now(), next_at = now()`)
    expect(await write('second')).toEqual({ passed: [], doubts: ids })
    expect(await write('third')).toEqual({ passed: [], doubts: [] })
  })

  it('sends one at a time on a channel, in the order of the due times', async () => {
    const [late = ''] = await given(1, { channel: 'ch', due: '-1 s' })
    const [early = ''] = await given(1, { channel: 'ch', due: '-2 s' })
    await dataSource.query('update lanes set next_at = now()')
    expect((await write()).passed).toEqual([early])
    expect((await write()).passed).toEqual([])
    await dataSource.query(
      `update publications set state = 'published', lease_until = null where id = $1`,
      [early],
    )
    await dataSource.query('update lanes set lease_until = null, next_at = now()')
    expect((await write()).passed).toEqual([late])
  })

  it('keeps the order while an earlier one is tried again, for a while', async () => {
    const [first = ''] = await given(1, { channel: 'ch', due: '-2 s' })
    const [second = ''] = await given(1, { channel: 'ch', due: '-1 s' })
    const wait = (due: string) =>
      dataSource.query(
        `update publications set failures = 1, due_at = now() + $2::interval,
           next_attempt_at = now() + interval '1 m' where id = $1`,
        [first, due],
      )
    await wait('-2 s')
    await dataSource.query('update lanes set next_at = now()')
    expect((await write()).passed).toEqual([])
    await wait('-12 s')
    await dataSource.query('update lanes set next_at = now()')
    expect((await write()).passed).toEqual([second])
  })

  it('does not let what may be live keep others waiting', async () => {
    const [doubtful = ''] = await given(1, { channel: 'ch', due: '-2 s', state: 'sending' })
    await dataSource.query(
      `update publications set next_attempt_at = now() + interval '1 m' where id = $1`,
      [doubtful],
    )
    const next = await given(1, { channel: 'ch', due: '-1 s' })
    await dataSource.query('update lanes set next_at = now()')
    expect((await write()).passed).toEqual(next)
  })

  it('waits for the quota of a channel, and says until when', async () => {
    const [id = ''] = await given(1, { channel: 'ch' })
    const resetsAt = Date.now() + 60_000
    const quotas = [{ limit: 5, windowMs: 60_000, cost: 1, left: 0, resetsAt }]
    await dataSource.query('update lanes set quotas = $1', [JSON.stringify(quotas)])
    expect((await write()).passed).toEqual([])
    const row = await one<{ next: Date; code: string; state: string }>(
      `select next_attempt_at as next, reason->>'code' as code, state from publications where id = $1`,
      [id],
    )
    expect(row).toEqual({ next: new Date(resetsAt), code: 'waits_for_quota', state: 'planned' })
    expect(await untilNext()).toBeGreaterThan(50_000)
  })

  it('shares what an app may send between workspaces, whoever asked for more', async () => {
    await given(60, { app: 'telegram/1', network: 'telegram', workspace: 'loud' })
    await given(10, { app: 'telegram/1', network: 'telegram', workspace: 'quiet' })
    const { passed } = await write('me', 100)
    expect(passed).toHaveLength(30)
    const sent = await dataSource.query<{ workspace: string; count: number }[]>(
      `select workspace_id as workspace, count(*)::int as count from publications
       where state = 'sending' group by 1 order by 1`,
    )
    expect(sent).toEqual([
      { workspace: 'loud', count: 20 },
      { workspace: 'quiet', count: 10 },
    ])
    expect((await write('other', 100)).passed).toEqual([])
  })

  it('serves only the networks it was told to', async () => {
    const ids = await given(1, { network: 'telegram' })
    expect((await write('me', 10, { PUBLISHING_NETWORKS: ['sandbox'] })).passed).toEqual([])
    expect((await write('me', 10, { PUBLISHING_NETWORKS: ['telegram'] })).passed).toEqual(ids)
  })

  it('gives back what it did not send, and only that', async () => {
    await given(2)
    const { passed } = await write('me', 1)
    await dataSource.query(
      `update lanes set lease_owner = 'me', lease_until = now() + interval '1 m'`,
    )
    await giveBackLanes(dataSource.manager, 'me')
    const other = (await write('other')).passed
    expect(other).toHaveLength(1)
    expect(other).not.toEqual(passed)
  })

  it('knows when something is due next, whatever waits for approval or is too late', async () => {
    await given(2, { hash: null, due: '-1 minute' })
    await given(2, { due: '-20 minutes' })
    await write()
    expect(await untilNext()).toBeNull()
    await given(1, { due: '10 s' })
    const ms = (await untilNext()) ?? 0
    expect(ms).toBeGreaterThan(8_000)
    expect(ms).toBeLessThanOrEqual(10_000)
    await given(1, { due: '-1 s' })
    expect(await untilNext()).toBeLessThanOrEqual(0)
    await write()
    expect(await untilNext()).toBeGreaterThan(8_000)
  })

  it('finds by the sweep what no lane knows of', async () => {
    const ids = await given(2, { due: '-3 s' })
    await dataSource.query('delete from lanes')
    expect((await write()).passed).toEqual([])
    await repairLanes(dataSource.manager, 15)
    expect((await write()).passed.toSorted()).toEqual(ids.toSorted())
  })
})
