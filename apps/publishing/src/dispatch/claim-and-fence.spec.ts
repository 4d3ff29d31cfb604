import { newId } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { claimDue, giveBack, untilNextDue } from './claim-due.ts'
import { passedAlready, passFence } from './fence.ts'

interface Given {
  state?: string
  due?: string
  hash?: string | null
  part?: number
  kind?: string
  network?: string
}

describe('claim and fence', () => {
  let db: TestDatabase
  let dataSource: DataSource
  beforeAll(async () => {
    db = await testDatabase(database)
    dataSource = await new DataSource({ type: 'postgres', url: db.url, poolSize: 10 }).initialize()
  })
  beforeEach(() => dataSource.query('truncate publications, attempts'))
  afterAll(async () => {
    await dataSource?.destroy()
    await db?.drop()
  })

  async function given(count: number, row: Given = {}): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId('publication'))
    const { state = 'planned', due = '0 s', hash = 'h', part = 0, kind = 'post' } = row
    await dataSource.query(
      `insert into publications (id, workspace_id, kind, channel_id, network, state, version, snapshot,
         snapshot_hash, approved_hash, due_at, next_attempt_at, attempt_count, part, part_count, live_parts,
         absent_reads, revision)
       select id, 'ws', $2, 'ch', $7, $3, 1, '{}', 'h', $4, clock_timestamp() + $5::interval,
         clock_timestamp() + $5::interval, 0, $6, 2, '[]', 0, 1 from unnest($1::text[]) as id`,
      [ids, kind, state, hash, due, part, row.network ?? 'sandbox'],
    )
    return ids
  }
  const claim = (owner = 'me', limit = 100, networks: string[] = []) =>
    claimDue(dataSource, { owner, leaseMs: 60_000, limit, networks, lateMinutes: 15 })
  const fence = (ids: string[], owner = 'me') => {
    const wanted = ids.map((publicationId) => ({ publicationId, attemptId: newId('attempt') }))
    return passFence(dataSource, wanted, { owner, leaseMs: 60_000, lateMinutes: 15 })
  }
  const untilNext = () => untilNextDue(dataSource, { networks: [], lateMinutes: 15 })
  const states = async () =>
    (await dataSource.query<{ state: string }[]>('select distinct state from publications')).map(
      (row) => row.state,
    )

  it('gives each publication to one of eight claimers, and one attempt', async () => {
    const ids = await given(400)
    const owners = Array.from({ length: 8 }, (_, at) => `replica ${at}`)
    const claimed = await Promise.all(
      owners.map(async (owner) => {
        const mine: string[] = []
        for (let more = await claim(owner, 25); more.length > 0; more = await claim(owner, 25)) {
          mine.push(...(await fence(more, owner)).map(({ publicationId }) => publicationId))
        }
        return mine
      }),
    )
    expect(claimed.flat().toSorted()).toEqual(ids.toSorted())
    const [count] = await dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from attempts',
    )
    expect(count).toEqual({ count: 400 })
  })

  it.each<[string, Given]>([
    ['is not approved', { hash: null }],
    ['was approved with another content', { hash: 'other' }],
    ['is not due yet', { due: '1 s' }],
    ['is too late', { due: '-16 minutes' }],
    ['is held', { state: 'held' }],
    ['is cancelled', { state: 'cancelled' }],
    ['has failed', { state: 'failed' }],
  ])('lets nothing pass that %s', async (_, row) => {
    const ids = await given(3, row)
    expect(await claim()).toEqual([])
    await dataSource.query(
      `update publications set lease_owner = 'me', lease_until = now() + '1 m'`,
    )
    expect(await fence(ids)).toEqual([])
    expect(await states()).toEqual([row.state ?? 'planned'])
  })

  it.each<[string, Given]>([
    ['a part that follows a live one', { part: 1, due: '-2 h' }],
    ['an answer to a person', { kind: 'message', due: '-2 h' }],
  ])('never counts %s as too late', async (_, row) => {
    await given(1, row)
    expect(await fence(await claim())).toHaveLength(1)
  })

  it.each([
    ['cancelled', `state = 'cancelled', lease_owner = null`],
    ['edited', `snapshot_hash = 'new', approved_hash = 'new', lease_owner = null`],
    ['moved', `next_attempt_at = now() + interval '1 h'`],
    ['taken over by another replica', `lease_owner = 'other'`],
    ['no longer approved as it is', `snapshot_hash = 'new'`],
  ])('lets nothing pass that was %s between claim and fence', async (_, change) => {
    await given(5)
    const ids = await claim()
    expect(ids).toHaveLength(5)
    await dataSource.query(`update publications set ${change}`)
    expect(await fence(ids)).toEqual([])
  })

  it('waits for a change that is under way, and then sees it', async () => {
    const [id = ''] = await given(1)
    await claim()
    const runner = dataSource.createQueryRunner()
    await runner.startTransaction()
    await runner.query(`update publications set state = 'cancelled' where id = $1`, [id])
    const passing = fence([id])
    await runner.commitTransaction()
    await runner.release()
    expect(await passing).toEqual([])
  })

  it('can be asked what passed when its answer was lost', async () => {
    const wanted = (await given(2)).map((publicationId) => ({
      publicationId,
      attemptId: newId('attempt'),
    }))
    await claim()
    const passed = await passFence(dataSource, wanted, {
      owner: 'me',
      leaseMs: 60_000,
      lateMinutes: 15,
    })
    const asked = await passedAlready(dataSource, wanted)
    expect(asked).toEqual(expect.arrayContaining(passed))
  })

  it('counts a change of state as a revision', async () => {
    await given(1)
    await fence(await claim())
    const rows = await dataSource.query('select revision, attempt_count from publications')
    expect(rows).toEqual([{ revision: 2, attempt_count: 1 }])
  })

  it('takes what was left in sending when its lease is over, and not before', async () => {
    await given(1)
    await fence(await claim('first'), 'first')
    expect(await claim('second')).toEqual([])
    await dataSource.query(`update publications set lease_until = now() - interval '1 s'`)
    expect(await claim('second')).toHaveLength(1)
    expect(await fence(await claim('third'), 'third')).toEqual([])
  })

  it('gives back what it did not send, and only that', async () => {
    await given(2)
    const [first = '', second = ''] = await claim()
    await fence([first])
    await giveBack(dataSource, 'me', null)
    const rows = await dataSource.query('select lease_owner from publications where id = $1', [
      second,
    ])
    expect(rows).toEqual([{ lease_owner: null }])
    expect(await claim('other')).toEqual([second])
  })

  it('serves only the networks it was told to', async () => {
    await given(1, { network: 'telegram' })
    expect(await claim('me', 10, ['sandbox'])).toEqual([])
    expect(await claim('me', 10, ['telegram'])).toHaveLength(1)
  })

  it('knows when something is due next, whatever waits for approval or is too late', async () => {
    await given(2, { hash: null, due: '-1 minute' })
    await given(2, { due: '-20 minutes' })
    expect(await untilNext()).toBeNull()
    await given(1, { due: '10 s' })
    const ms = (await untilNext()) ?? 0
    expect(ms).toBeGreaterThan(8_000)
    expect(ms).toBeLessThanOrEqual(10_000)
    await given(1, { due: '-1 s' })
    expect(await untilNext()).toBeLessThanOrEqual(0)
    await claim()
    expect(await untilNext()).toBeGreaterThan(8_000)
  })
})
