import { dataSourceOptions, newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource, type QueryRunner } from 'typeorm'
import { database } from '../database/database.ts'
import { anEntry } from '../testing/gateway-world.ts'
import { writeFeed } from './write-feed.ts'

describe('writing the feed', () => {
  const [a, b] = [newId('workspace'), newId('workspace')]
  let dataSource: DataSource
  let drop: () => Promise<void>
  beforeAll(async () => {
    const mine = await testDatabase(database)
    drop = mine.drop
    dataSource = await new DataSource(dataSourceOptions(mine.url, database, 20)).initialize()
  })
  afterAll(async () => {
    await dataSource?.destroy()
    await drop?.()
  })

  const begin = async (): Promise<QueryRunner> => {
    const runner = dataSource.createQueryRunner()
    await runner.startTransaction()
    return runner
  }
  const finish = async (runner: QueryRunner) => {
    await runner.commitTransaction()
    await runner.release()
  }

  it('of one workspace does not wait for another', async () => {
    const [first, second] = await Promise.all([begin(), begin()])
    await writeFeed(first, [anEntry(a)])
    // It would never come back, as the other has not ended yet.
    await writeFeed(second, [anEntry(b)])
    await finish(second)
    await finish(first)
  })

  it('keeps the order of a workspace as that of the commits, under two writers', async () => {
    const [first, second] = await Promise.all([begin(), begin()])
    await writeFeed(first, [anEntry(a, { id: 'first' })])
    const late = writeFeed(second, [anEntry(a, { id: 'second' })])
    const waits = 'select count(*)::int as n from pg_locks where locktype = $1 and not granted'
    for (let n = 0; n === 0; ) {
      ;[{ n }] = await dataSource.query<[{ n: number }]>(waits, ['advisory'])
    }
    await writeFeed(first, [anEntry(a, { id: 'first again' })])
    await finish(first)
    await late
    await finish(second)
    const sql = 'select id from feed_events where workspace_id = $1 order by seq desc limit 3'
    const last = await dataSource.query<{ id: string }[]>(sql, [a])
    expect(last.map(({ id }) => id)).toEqual(['second', 'first again', 'first'])
  })

  it('of several workspaces at once never ends in a deadlock', async () => {
    const ids = Array.from({ length: 8 }, () => newId('workspace'))
    const write = (order: string[]) =>
      dataSource.transaction((manager) =>
        writeFeed(
          { manager },
          order.map((id) => anEntry(id)),
        ),
      )
    const both = Array.from({ length: 40 }, (_, at) => write(at % 2 ? ids : ids.toReversed()))
    const results = await Promise.allSettled(both)
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
  })
})
