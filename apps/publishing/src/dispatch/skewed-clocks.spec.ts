import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, worldOfProcesses } from '../testing/world.ts'

const hourMs = 3_600_000
const offByHours = [-3, -1, 1, 3]
const posts = 200 * scale
const clock = new URL('../testing/shift-clock.mjs', import.meta.url)

describe('publishers whose clocks are wrong by hours', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await worldOfProcesses({ LEASE_MS: 4_000, REQUEST_TIMEOUT_MS: 2_000 })
  })
  afterAll(() => world?.close())

  it(
    'send nothing early, nothing twice, and skip nothing, beside one whose clock is right',
    async () => {
      // They want to renew these tokens long before, or long after, they end.
      for (let at = 0; at < 10; at++) {
        await world.network.account(`clocks_key_${at}`, { tokenTtlMs: hourMs })
      }
      const many = await crowd(world, 'clocks', 10)
      const troubled = many.channels.filter(({ keyed }) => keyed !== 'none')
      for (const { handle } of troubled) {
        await world.network.fault({ kind: '429', ms: 1_000, handle, rate: 0.15 })
        await world.network.fault({ kind: 'drop_reply', rate: 0.1, handle })
      }
      await world.network.fault({ kind: 'latency', ms: 30 })
      const wrong = offByHours.map((hours) =>
        world.addPublisher([`--import=${clock.href}?offMs=${hours * hourMs}`]),
      )
      await Promise.all([world.addPublisher(), ...wrong].map(({ ready }) => ready))
      await many.plan(posts, 500, 4_000 * scale)
      await many.settled(90_000 * scale)
      expect(await many.truth()).toEqual(nothingWrong)
      expect(await many.unconfirmed('key', 'readable')).toBe(0)
      const calm = many.channels.filter(({ keyed }) => keyed === 'none')
      const [late] = await world.sql<{ p50: number }>(
        `select percentile_cont(0.5) within group (order by lateness_ms) as p50
         from publications where channel_id = any($1)`,
        [calm.map(({ id }) => id)],
      )
      // Off by hours it would show; six processes on few cores are late by seconds for other reasons.
      expect(late?.p50).toBeLessThan(30_000)
      // Several of them were told to wait, and took that for what it means by the right clock.
      const owners = await world.sql<{ owner: string }>(
        `select distinct lease_owner as owner from attempts where outcome = 'rate_limited'`,
      )
      const told = wrong.filter((publisher) => owners.some(({ owner }) => publisher.owns(owner)))
      expect(told.length).toBeGreaterThanOrEqual(2)
    },
    120_000 * scale,
  )
})
