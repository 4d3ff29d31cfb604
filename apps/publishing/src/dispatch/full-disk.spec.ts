import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, testWorld } from '../testing/world.ts'

/**
 * PostgreSQL refuses a change with 53100 when the file of its table cannot grow. A trigger refuses it
 * just so, at the table that a test names. (Where the log itself finds no room the server ends: that is
 * one that is killed, and chaos kills it.)
 */
describe('posts while the disk of PostgreSQL is full', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
    await world.sql(`
      create function no_room() returns trigger language plpgsql as $$ begin
        raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
      end $$`)
  })
  afterAll(() => world?.close())

  const fill = (change: 'insert' | 'update', table: string) =>
    world.sql(
      `create trigger no_room before ${change} on ${table} for each statement execute function no_room()`,
    )
  const makeRoom = (table: string) => world.sql(`drop trigger no_room on ${table}`)
  const liveOn = async (many: Awaited<ReturnType<typeof crowd>>) =>
    (await Promise.all(many.channels.map(({ handle }) => world.network.live(handle)))).flat().length

  it(
    'do not leave as long as the intent cannot be written, and leave once when it can',
    async () => {
      const many = await crowd(world, 'no_intent', 5)
      await fill('insert', 'attempts')
      const last = (await many.plan(60 * scale)).at(-1)
      await eventually('they are overdue by two turns', async () => {
        const [row] = await world.sql<{ overdue: boolean }>(
          `select clock_timestamp() > due_at + interval '1 s' as overdue from publications where id = $1`,
          [last?.publicationId],
        )
        return row?.overdue
      })
      expect(await liveOn(many)).toBe(0)
      expect(await many.count('planned')).toBe(60 * scale)
      await makeRoom('attempts')
      await many.settled(20_000 * scale)
      expect(await many.truth()).toEqual(nothingWrong)
      expect(await many.unconfirmed('key', 'readable', 'none')).toBe(0)
    },
    60_000 * scale,
  )

  it(
    'that have left are not sent again because their results cannot be written',
    async () => {
      const many = await crowd(world, 'no_result', 5)
      await fill('update', 'attempts')
      await many.plan(15 * scale)
      // One of each channel is up, and its lane waits for the result beyond its lease.
      await eventually('the first of each channel is up', async () => (await liveOn(many)) >= 15)
      await eventually('their leases are over', async () => {
        const [row] = await world.sql<{ over: boolean }>(
          `select bool_and(clock_timestamp() > started_at + $2 * interval '1 ms') as over
           from attempts join publications p on p.id = publication_id
           where attempts.number = 1 and p.channel_id = any($1)`,
          [many.channels.map(({ id }) => id), world.config.LEASE_MS],
        )
        return row?.over
      })
      expect(await many.count('published')).toBe(0)
      await makeRoom('attempts')
      await many.settled(30_000 * scale)
      expect(await many.truth()).toEqual(nothingWrong)
      expect(await many.unconfirmed('key', 'readable')).toBe(0)
    },
    90_000 * scale,
  )
})
