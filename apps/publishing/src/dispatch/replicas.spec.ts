import { eventually, schemaDrift } from '@hamava/service-kit/testing'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { database } from '../database/database.ts'
import { aPlan, type TestWorld, testWorld } from '../testing/world.ts'

describe('replicas', () => {
  let world: TestWorld
  beforeEach(async () => {
    world = await testWorld({ LEASE_MS: 6_000, REQUEST_TIMEOUT_MS: 3_000, CONCURRENCY: 8 })
  })
  afterEach(() => world?.close())

  const count = async (state: string) => {
    const [row] = await world.sql<{ count: number }>(
      'select count(*)::int as count from publications where state = $1',
      [state],
    )
    return row?.count ?? 0
  }
  const many = (channelId: string, length: number, inMs = 500) =>
    Array.from({ length }, (_, at) => aPlan({ channelId, text: `شمارهٔ ${at}`, inMs }))

  /** Channels under one name, and plans for them in turn. */
  async function channels(name: string, count: number, keyed?: 'none') {
    const handles = Array.from({ length: count }, (_, at) => `${name}_${at}`)
    const ids = await Promise.all(
      handles.map(async (handle) => (await world.channel(handle, keyed ? { keyed } : {})).id),
    )
    return {
      handles,
      plans: (length: number, inMs = 500) =>
        Array.from({ length }, (_, at) =>
          aPlan({ channelId: ids[at % count] ?? '', text: `شمارهٔ ${at}`, inMs }),
        ),
    }
  }

  async function expectOnce(handles: string[], plans: ReturnType<typeof many>) {
    const live = await Promise.all(handles.map((handle) => world.network.live(handle)))
    expect(
      live
        .flat()
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(plans.map(({ snapshot }) => snapshot.parts[0]?.text).toSorted())
  }

  it('share two hundred publications that are due at once', async () => {
    await world.addReplica()
    const { handles, plans: of } = await channels('shared', 20, 'none')
    const plans = of(200)
    await world.plan(...plans)
    await eventually('all are published', async () => (await count('published')) === 200)
    await expectOnce(handles, plans)
    const owners = await world.sql('select distinct lease_owner from attempts')
    expect(owners).toHaveLength(2)
  })

  it('go on when the connections to PostgreSQL are cut in the midst of work', async () => {
    const { handles, plans: of } = await channels('cut', 20)
    const plans = of(200, 0)
    await world.plan(...plans)
    for (let cuts = 0; cuts < 5; cuts++) {
      await eventually(
        'some more are published',
        async () => (await count('published')) > cuts * 10,
      )
      await world.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
    }
    await eventually('all are published', async () => (await count('published')) === 200, 20_000)
    await expectOnce(handles, plans)
  })

  it('publish what was planned while NATS is down', async () => {
    const { handles, plans: of } = await channels('silent', 20)
    const plans = of(20, 800)
    await world.plan(...plans)
    await world.nats.kill()
    await eventually('all are published', async () => (await count('published')) === 20)
    await expectOnce(handles, plans)
    await world.nats.start()
  })

  it('give their leases back when they close, and finish what is under way', async () => {
    const { id } = await world.channel('closing', { keyed: 'none' })
    await world.network.fault({ kind: 'latency', ms: 300, handle: 'closing' })
    const plans = many(id, 10, 0)
    await world.plan(...plans)
    await eventually('requests are under way', async () => (await count('sending')) > 0)
    await world.closeReplica(world.service)
    const [left] = await world.sql<{ leases: number }>(
      'select count(lease_owner)::int as leases from publications',
    )
    expect(left).toEqual({ leases: 0 })
    expect(await count('sending')).toBe(0)
    expect(await world.network.live('closing')).toHaveLength(await count('published'))
    await world.addReplica()
    await eventually('the rest is published', async () => (await count('published')) === 10)
    await expectOnce(['closing'], plans)
  })

  it('keep the order of a channel, however many share it', async () => {
    await world.addReplica()
    const { id } = await world.channel('ordered', { keyed: 'none' })
    const plans = Array.from({ length: 30 }, (_, at) =>
      aPlan({ channelId: id, text: `نوبت ${at}`, inMs: 300 + at }),
    )
    await world.plan(...plans.toReversed())
    await eventually('all are published', async () => (await count('published')) === 30)
    const live = await world.network.live('ordered')
    expect(live.map(({ text }) => text)).toEqual(
      plans.map(({ snapshot }) => snapshot.parts[0]?.text),
    )
  })

  it('ask little when nothing is due', async () => {
    const { id } = await world.channel('idle')
    await world.plan(
      ...many(id, 3, 3_600_000),
      aPlan({ channelId: id, isApproved: false }),
      aPlan({ channelId: id, inMs: -16 * 60_000, isApproved: false }),
    )
    await eventually('what is late was marked', async () => (await count('missed')) === 1)
    const calls = async () => {
      const [row] = await world.sql<{ calls: number }>(
        `select (xact_commit + xact_rollback)::int as calls from pg_stat_database
         where datname = current_database()`,
      )
      return row?.calls ?? 0
    }
    const before = await calls()
    const started = performance.now()
    await eventually('four seconds passed', () => performance.now() - started > 4_000)
    const perSecond = ((await calls()) - before) / 4
    expect(perSecond).toBeLessThan(15)
  })

  it('work on the schema that their entities describe', async () => {
    expect(await schemaDrift(world.config.DATABASE_URL, database)).toEqual([])
  })
})
