import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { DataSource } from 'typeorm'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { dataSourceOptions } from './data-source-options.ts'
import { prepared } from './prepared.ts'

describe('a prepared statement', () => {
  const parts = { entities: [], migrations: [] }
  let database: TestDatabase
  let source: DataSource
  beforeAll(async () => {
    database = await testDatabase(parts)
    // One connection, so that every statement meets those that were prepared before.
    source = await new DataSource(dataSourceOptions(database.url, parts, 1)).initialize()
    await source.query('create table things (id int primary key, name text)')
  })
  afterAll(async () => {
    await source?.destroy()
    await database?.drop()
  })

  const put = 'insert into things (id, name) values ($1, $2) returning *'

  it('answers rows, in and out of transactions, and is planned once', async () => {
    expect(await prepared(source.manager, put, [1, 'one'])).toEqual([{ id: 1, name: 'one' }])
    await source.transaction(async (manager) => {
      expect(await prepared(manager, put, [2, 'two'])).toEqual([{ id: 2, name: 'two' }])
    })
    const change = 'update things set name = $2 where id = $1 returning name'
    expect(await prepared(source.manager, change, [2, 'zwei'])).toEqual([{ name: 'zwei' }])
    const known = await source.query(
      'select calls from (select count(*)::int as calls from pg_prepared_statements where statement = $1) as s',
      [put],
    )
    expect(known).toEqual([{ calls: 1 }])
  })

  it('is rolled back with its transaction', async () => {
    const failed = source.transaction(async (manager) => {
      await prepared(manager, put, [3, 'three'])
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await source.query('select 1 from things where id = 3')).toEqual([])
  })

  it('gets over a table that is changed under it', async () => {
    const all = 'select * from things order by id'
    expect(await prepared(source.manager, all)).toHaveLength(2)
    await source.query('alter table things add column more int')
    await expect(prepared(source.manager, all)).rejects.toThrow('cached plan')
    expect(await prepared(source.manager, all)).toEqual([
      { id: 1, name: 'one', more: null },
      { id: 2, name: 'zwei', more: null },
    ])
  })

  it('is planned anew for a table that has grown', async () => {
    await source.query('create table growing (id int); set plan_cache_mode = force_generic_plan')
    const all = 'select id from growing'
    await prepared(source.manager, all)
    const expected = async () => {
      const [{ name }] = await source.query(
        'select name from pg_prepared_statements where statement = $1',
        [all],
      )
      const [row] = await source.query(`explain (format json) execute ${name}`)
      return row['QUERY PLAN'][0].Plan['Plan Rows'] as number
    }
    const small = await expected()
    await source.query('insert into growing select generate_series(1, 100000)')
    await prepared(source.manager, all)
    expect(await expected()).toBe(small)
    const later = performance.now() + 3_000
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => later)
    await prepared(source.manager, all)
    clock.mockRestore()
    expect(await expected()).toBeGreaterThan(10 * small)
  })
})
