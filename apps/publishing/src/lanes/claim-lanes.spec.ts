import { ignoreIdleConnectionErrors } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { dataSourceOptions } from '../testing/data-source.ts'
import { type IntentsWorld, intentsWorld } from '../testing/intents-world.ts'
import { freeLanes, giveBackLanes } from './free-lanes.ts'
import { repairLanes } from './repair-lanes.ts'

describe('claiming lanes', () => {
  let world: IntentsWorld
  beforeAll(async () => {
    world = await intentsWorld()
  })
  beforeEach(() => world.empty())
  afterAll(() => world?.close())

  it('lets what can still be on time go before a backlog, when asked to', async () => {
    const late = await world.given(6, { due: '-1 minute' })
    const lanes = late.map((id) => ({ channelId: `ch_${id}` }))
    // What a lane is told when it gets into line again.
    await freeLanes(world.dataSource.manager, lanes, 15)
    const fresh = await world.given(2)
    const [oldest] = (await world.write('me', 1)).passed
    expect(late).toContain(oldest)
    const first = await world.write('me', 3, {}, { isFreshFirst: true })
    expect(first.passed.filter((id) => fresh.includes(id))).toHaveLength(2)
    expect(first.passed).toHaveLength(3)
    expect((await world.write('me', 100, {}, { isFreshFirst: true })).passed).toHaveLength(4)
  })

  it('is not kept from lanes by a replica that stands still with a transaction open', async () => {
    const ids = await world.given(3)
    const frozen = await new DataSource(dataSourceOptions(world.url)).initialize()
    ignoreIdleConnectionErrors(frozen)
    const transaction = frozen.createQueryRunner()
    try {
      await transaction.startTransaction()
      await transaction.query('select from lanes for update')
      expect((await world.write()).passed).toEqual([])
      const passed: string[] = []
      await eventually('its transaction is ended', async () => {
        passed.push(...(await world.write()).passed)
        return passed.length > 0
      })
      expect(passed.sort()).toEqual(ids.sort())
    } finally {
      await transaction.release().catch(() => undefined)
      await frozen.destroy()
    }
  })

  it('sends one at a time on a channel, in the order of the due times', async () => {
    const [late = ''] = await world.given(1, { channel: 'ch', due: '-1 s' })
    const [early = ''] = await world.given(1, { channel: 'ch', due: '-2 s' })
    await world.dataSource.query('update lanes set next_at = now()')
    expect((await world.write()).passed).toEqual([early])
    expect((await world.write()).passed).toEqual([])
    await world.dataSource.query(
      `update publications set state = 'published', lease_until = null where id = $1`,
      [early],
    )
    await world.dataSource.query('update lanes set lease_until = null, next_at = now()')
    expect((await world.write()).passed).toEqual([late])
  })

  it('keeps the order while an earlier one is tried again, for a while', async () => {
    const [first = ''] = await world.given(1, { channel: 'ch', due: '-2 s' })
    const [second = ''] = await world.given(1, { channel: 'ch', due: '-1 s' })
    const wait = (due: string) =>
      world.dataSource.query(
        `update publications set failures = 1, due_at = now() + $2::interval,
           next_attempt_at = now() + interval '1 m' where id = $1`,
        [first, due],
      )
    await wait('-2 s')
    await world.dataSource.query('update lanes set next_at = now()')
    expect((await world.write()).passed).toEqual([])
    await wait('-12 s')
    await world.dataSource.query('update lanes set next_at = now()')
    expect((await world.write()).passed).toEqual([second])
  })

  it('does not let what may be live keep others waiting', async () => {
    const [doubtful = ''] = await world.given(1, { channel: 'ch', due: '-2 s', state: 'sending' })
    await world.dataSource.query(
      `update publications set next_attempt_at = now() + interval '1 m' where id = $1`,
      [doubtful],
    )
    const next = await world.given(1, { channel: 'ch', due: '-1 s' })
    await world.dataSource.query('update lanes set next_at = now()')
    expect((await world.write()).passed).toEqual(next)
  })

  it('waits for the quota of a channel, and says until when', async () => {
    const [id = ''] = await world.given(1, { channel: 'ch' })
    const resetsAt = Date.now() + 60_000
    const quotas = [{ limit: 5, windowMs: 60_000, cost: 1, left: 0, resetsAt }]
    await world.dataSource.query('update lanes set quotas = $1', [JSON.stringify(quotas)])
    expect((await world.write()).passed).toEqual([])
    const row = await world.one<{ next: Date; code: string; state: string }>(
      `select next_attempt_at as next, reason->>'code' as code, state from publications where id = $1`,
      [id],
    )
    expect(row).toEqual({ next: new Date(resetsAt), code: 'waits_for_quota', state: 'planned' })
    expect(await world.untilNext()).toBeGreaterThan(50_000)
  })

  it('shares what an app may send between workspaces, whoever asked for more', async () => {
    await world.given(60, { app: 'telegram/1', network: 'telegram', workspace: 'loud' })
    await world.given(10, { app: 'telegram/1', network: 'telegram', workspace: 'quiet' })
    const { passed } = await world.write('me', 100)
    expect(passed).toHaveLength(30)
    const sent = await world.dataSource.query<{ workspace: string; count: number }[]>(
      `select workspace_id as workspace, count(*)::int as count from publications
       where state = 'sending' group by 1 order by 1`,
    )
    expect(sent).toEqual([
      { workspace: 'loud', count: 20 },
      { workspace: 'quiet', count: 10 },
    ])
    expect((await world.write('other', 100)).passed).toEqual([])
  })

  it('serves only the networks it was told to', async () => {
    const ids = await world.given(1, { network: 'telegram' })
    expect((await world.write('me', 10, { PUBLISHING_NETWORKS: ['sandbox'] })).passed).toEqual([])
    expect((await world.write('me', 10, { PUBLISHING_NETWORKS: ['telegram'] })).passed).toEqual(ids)
  })

  it('gives back what it did not send, and only that', async () => {
    await world.given(2)
    const { passed } = await world.write('me', 1)
    await world.dataSource.query(
      `update lanes set lease_owner = 'me', lease_until = now() + interval '1 m'`,
    )
    await giveBackLanes(world.dataSource.manager, 'me')
    const other = (await world.write('other')).passed
    expect(other).toHaveLength(1)
    expect(other).not.toEqual(passed)
  })

  it('knows when something is due next, whatever waits for approval or is too late', async () => {
    await world.given(2, { hash: null, due: '-1 minute' })
    await world.given(2, { due: '-20 minutes' })
    await world.write()
    expect(await world.untilNext()).toBeNull()
    await world.given(1, { due: '10 s' })
    const ms = (await world.untilNext()) ?? 0
    expect(ms).toBeGreaterThan(8_000)
    expect(ms).toBeLessThanOrEqual(10_000)
    await world.given(1, { due: '-1 s' })
    expect(await world.untilNext()).toBeLessThanOrEqual(0)
    await world.write()
    expect(await world.untilNext()).toBeGreaterThan(8_000)
  })

  it('finds by the sweep what no lane knows of', async () => {
    const ids = await world.given(2, { due: '-3 s' })
    await world.dataSource.query('delete from lanes')
    expect((await world.write()).passed).toEqual([])
    await repairLanes(world.dataSource.manager, 15)
    expect((await world.write()).passed.toSorted()).toEqual(ids.toSorted())
  })
  it('leaves the channels of a network that has its share of places, and takes the others', async () => {
    await world.given(20, { network: 'telegram', due: '-1 minute' })
    const ids = await world.given(2)
    const look = { fullNetworks: ['telegram'] }
    expect((await world.write('me', 10, {}, look)).passed.toSorted()).toEqual(ids.toSorted())
    expect((await world.write('me', 10)).passed).toHaveLength(10)
  })
})
