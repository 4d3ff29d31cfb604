import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, worldOfProcesses } from '../testing/world.ts'

const rounds = 10 * scale
const leaseMs = 1_000

describe('a publisher that stands still for longer than its lease', () => {
  let world: TestWorld
  beforeAll(async () => {
    // With fewer places than channels, so that neither takes all.
    world = await worldOfProcesses({ LEASE_MS: leaseMs, REQUEST_TIMEOUT_MS: 400, CONCURRENCY: 12 })
  })
  afterAll(() => world?.close())

  it(
    'changes nothing when it wakes: its late answers are evidence',
    async () => {
      const many = await crowd(world, 'stopped', 8)
      await world.network.fault({ kind: 'latency', ms: 150 })
      const zombie = world.addPublisher()
      const other = world.addPublisher()
      await Promise.all([zombie.ready, other.ready])
      const itsOpenAttempts = async () => {
        const rows = await world.sql<{ id: string; owner: string; handle: string }>(
          `select a.id, a.lease_owner as owner, c.handle from attempts a
             join publications p on p.id = a.publication_id join channels c on c.id = p.channel_id
           where a.finished_at is null`,
        )
        return rows.filter(({ owner }) => zombie.owns(owner))
      }
      const left: string[] = []
      for (let round = 0; round < rounds; round++) {
        await many.plan(many.channels.length)
        await eventually('it has requests under way', async () => {
          // Also where nothing can tell what became of them.
          if ((await itsOpenAttempts()).some(({ handle }) => handle.includes('_none_'))) return true
          // The other may have been quicker with all of them.
          if ((await many.count('planned')) === 0) await many.plan(many.channels.length)
          return false
        })
        zombie.signal('SIGSTOP')
        const stoppedAt = performance.now()
        left.push(...(await itsOpenAttempts()).map(({ id }) => id))
        await eventually(
          'two leases are over',
          () => performance.now() - stoppedAt > 2 * leaseMs,
          3 * leaseMs,
        )
        zombie.signal('SIGCONT')
      }
      await many.settled(30_000)
      expect(await many.truth()).toEqual(nothingWrong)
      expect(await many.unconfirmed('key', 'readable')).toBe(0)
      // Its answers came after the end of its leases, and were written down.
      await eventually('its late answers are written', async () => {
        const rows = await world.sql<{ count: number }>(
          `select count(*)::int as count from attempts a
           where a.id = any($1) and a.finished_at > a.started_at + $2 * interval '1 ms'`,
          [left, leaseMs],
        )
        return (rows[0]?.count ?? 0) >= rounds
      })
      // Where nothing can tell, a person was asked meanwhile, and its word does not take that back.
      const [asked] = await world.sql<{ count: number }>(
        `select count(*)::int as count from attempts a join publications p on p.id = a.publication_id
         where a.id = any($1) and a.finished_at is not null and p.state = 'unconfirmed'`,
        [left],
      )
      expect(asked?.count).toBeGreaterThan(0)
    },
    120_000 * scale,
  )
})
