import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, testWorld, worldOfProcesses } from '../testing/world.ts'

describe('publishers whose database is in trouble', () => {
  let world: TestWorld
  afterAll(() => world?.close())

  describe('as sessions are ended by the administrator', () => {
    const overMs = 6_000 * scale
    const leastCuts = overMs / 200
    beforeAll(async () => {
      world = await worldOfProcesses()
    })
    afterAll(() => world.close())

    it(
      'live on and publish everything once, several cuts a second',
      async () => {
        const many = await crowd(world, 'cut', 20)
        const running = [world.addPublisher(), world.addPublisher()]
        await Promise.all(running.map(({ ready }) => ready))
        await many.plan(600 * scale, 200, overMs)
        const until = performance.now() + overMs
        let cuts = 0
        await eventually(
          'the cuts are over',
          async () => {
            const rows = await world.sql(
              `select pg_terminate_backend(pid) from (
                 select pid from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid()
                   and application_name like 'publish%' order by random() limit 1) one`,
            )
            cuts += rows.length
            return performance.now() > until && cuts > leastCuts
          },
          overMs + 30_000,
        )
        await many.settled(40_000)
        expect(await many.truth()).toEqual(nothingWrong)
        expect(await many.unconfirmed('key', 'readable')).toBe(0)
        expect(running.map(({ hasEnded }) => hasEnded)).toEqual([false, false])
      },
      90_000 * scale,
    )
  })

  describe('as there is no connection to be had', () => {
    beforeAll(async () => {
      world = await testWorld()
    })

    it('wait for one, and publish everything once', async () => {
      const many = await crowd(world, 'dry', 20)
      const dataSource = world.service.app.get(DataSource)
      await many.plan(100, 500, 1_500)
      const taken = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const runner = dataSource.createQueryRunner()
          await runner.connect()
          return runner
        }),
      )
      const [before] = await world.sql<{ count: number }>(
        `select count(*)::int as count from publications where due_at < now()`,
      )
      await eventually('all of them are due', async () => {
        const rows = await world.sql('select 1 from publications where due_at > now() limit 1')
        return rows.length === 0
      })
      const up = await many.count('published')
      await Promise.all(taken.map((runner) => runner.release()))
      await many.settled(20_000)
      expect(await many.truth()).toEqual(nothingWrong)
      expect(await many.unconfirmed('key', 'readable')).toBe(0)
      expect(up).toBeLessThanOrEqual((before?.count ?? 0) + 20)
    })
  })
})
