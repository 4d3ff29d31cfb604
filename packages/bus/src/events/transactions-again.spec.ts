import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { twoServices } from '../testing/two-services.ts'
import { Transactions } from './transactions.ts'

describe('a transaction that PostgreSQL rolls back for the sake of another', () => {
  let nats: TestNats
  let world: Awaited<ReturnType<typeof twoServices>>
  beforeAll(async () => {
    nats = await testNats()
    world = await twoServices(nats.url)
    await world.producer.app
      .get(DataSource)
      .query(`create table things as select n as id, 0 as times from generate_series(1, 2) n`)
  })
  afterAll(async () => {
    await world?.close()
    await nats?.stop()
  })

  it('is run again, and nobody hears of the deadlock', async () => {
    let runs = 0
    const inOrder = (ids: number[]) =>
      world.producer.app.get(Transactions).run(async ({ manager }) => {
        runs += 1
        for (const id of ids) {
          await manager.query('update things set times = times + 1 where id = $1', [id])
          // The other one has its first row by then, the first time.
          if (runs <= 2) await delay(100)
        }
        return 'done'
      })
    expect(await Promise.all([inOrder([1, 2]), inOrder([2, 1])])).toEqual(['done', 'done'])
    expect(runs).toBeGreaterThan(2)
    const rows = await world.producer.app
      .get(DataSource)
      .query('select id, times from things order by id')
    expect(rows).toEqual([
      { id: 1, times: 2 },
      { id: 2, times: 2 },
    ])
  })
})
