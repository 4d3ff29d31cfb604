import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { dataSourceOptions } from './data-source-options.ts'
import { LeasedRows } from './leased-rows.ts'

@Entity('errands')
class ErrandRow {
  @PrimaryColumn('text')
  errandId!: string

  @Column('boolean', { default: true })
  isActive!: boolean

  @Column('boolean', { default: true })
  isWanted!: boolean

  @Column('timestamptz')
  nextAt!: Date

  @Column('text', { nullable: true })
  leaseOwner!: string | null

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null

  @Column('int', { default: 0 })
  failures!: number
}

const ago = (ms: number) => new Date(Date.now() - ms)

describe('leased rows', () => {
  const parts = { entities: [ErrandRow], migrations: [] }
  let database: TestDatabase
  let source: DataSource
  let leased: LeasedRows<ErrandRow>

  beforeAll(async () => {
    database = await testDatabase(parts)
    source = await new DataSource(dataSourceOptions(database.url, parts)).initialize()
    await source.query(
      `create table errands (errand_id text primary key, is_active boolean not null default true,
         is_wanted boolean not null default true, next_at timestamptz not null, lease_owner text,
         lease_until timestamptz, failures int not null default 0)`,
    )
    const table = { entity: ErrandRow, key: 'errandId', notBefore: 'nextAt' } as const
    leased = new LeasedRows(source, { ...table, isDue: 'leased.is_wanted' })
  })
  afterAll(async () => {
    await source?.destroy()
    await database?.drop()
  })
  beforeEach(() => source.query('delete from errands'))

  const put = (errandId: string, row: Partial<ErrandRow> = {}) =>
    source.getRepository(ErrandRow).insert({ errandId, nextAt: ago(1_000), ...row })
  const ids = (rows: ErrandRow[]) => rows.map(({ errandId }) => errandId).sort()
  const read = (errandId: string) => source.getRepository(ErrandRow).findOneByOrFail({ errandId })

  it('are those that are due, free and active, the longest due first', async () => {
    await put('newer')
    await put('older', { nextAt: ago(9_000) })
    await put('later', { nextAt: ago(-60_000) })
    await put('inactive', { isActive: false })
    await put('unwanted', { isWanted: false })
    await put('taken', { leaseOwner: 'other', leaseUntil: ago(-60_000) })
    await put('left behind', { nextAt: ago(5_000), leaseOwner: 'dead', leaseUntil: ago(1) })
    expect(ids(await leased.claim('me', 1))).toEqual(['older'])
    expect(ids(await leased.claim('me', 9))).toEqual(['left behind', 'newer'])
    expect(await leased.claim('me', 9)).toEqual([])
    expect((await read('older')).leaseUntil?.getTime()).toBeGreaterThan(Date.now() + 60_000)
  })

  it('are shared by those who claim at once', async () => {
    await source.query(
      `insert into errands (errand_id, next_at) select n, now() - n * interval '1 s' from generate_series(1, 500) n`,
    )
    const owners = Array.from({ length: 8 }, (_, at) => `owner ${at}`)
    const all = (await Promise.all(owners.map((owner) => leased.claim(owner, 100)))).flat()
    expect(all.length).toBeGreaterThanOrEqual(100)
    expect(new Set(ids(all)).size).toBe(all.length)
  })

  it('are given back by their holder alone, to be left alone for a while', async () => {
    await put('one')
    const [row] = await leased.claim('me', 1)
    if (!row) throw new Error('nothing was claimed')
    await leased.release({ ...row, leaseOwner: 'other' }, { afterMs: 0, failures: 9 })
    expect(await read('one')).toMatchObject({ leaseOwner: 'me', failures: 0 })
    await leased.release(row, { afterMs: 60_000, failures: 2 })
    const after = await read('one')
    expect(after).toMatchObject({ leaseOwner: null, leaseUntil: null, failures: 2 })
    expect(after.nextAt.getTime()).toBeGreaterThan(Date.now() + 30_000)
    expect(await leased.claim('me', 1)).toEqual([])
  })

  it('are free again when their owner ends', async () => {
    await put('mine')
    await leased.claim('me', 1)
    await put('theirs')
    await leased.claim('other', 1)
    await leased.giveBack('me')
    expect(ids(await leased.claim('me', 9))).toEqual(['mine'])
  })
})
