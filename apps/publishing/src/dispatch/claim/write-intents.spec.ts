import { newId } from '@hamava/service-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { repairLanes } from '../../lanes/repair-lanes.ts'
import { type Given, type IntentsWorld, intentsWorld } from '../../testing/intents-world.ts'
import { passedAlready, passFence } from './fence.ts'

describe('writing intents', () => {
  let world: IntentsWorld
  beforeAll(async () => {
    world = await intentsWorld()
  })
  beforeEach(() => world.empty())
  afterAll(() => world?.close())

  it('gives each publication to one of eight replicas, and one attempt', async () => {
    const ids = await world.given(400)
    const owners = Array.from({ length: 8 }, (_, at) => `replica ${at}`)
    const claimed = await Promise.all(
      owners.map(async (owner) => {
        const mine: string[] = []
        for (;;) {
          const { passed } = await world.write(owner, 25)
          if (passed.length === 0) return mine
          mine.push(...passed)
        }
      }),
    )
    expect(claimed.flat().toSorted()).toEqual(ids.toSorted())
    expect(await world.one('select count(*)::int as count from attempts')).toEqual({ count: 400 })
  })

  it.each<[string, Given]>([
    ['is not approved', { hash: null }],
    ['was approved with another content', { hash: 'other' }],
    ['is not due yet', { due: '1 s' }],
    ['is too late', { due: '-16 minutes' }],
    ['is held', { state: 'held' }],
    ['is cancelled', { state: 'cancelled' }],
    ['has failed', { state: 'failed' }],
  ])('lets nothing pass that %s, not even asked for by name', async (_, row) => {
    const ids = await world.given(3, row)
    expect((await world.write()).passed).toEqual([])
    const wanted = ids.map((publicationId) => ({ publicationId, attemptId: newId('attempt') }))
    const options = { owner: 'me', leaseMs: 60_000, lateMinutes: 15 }
    expect(await passFence(world.dataSource.manager, wanted, options)).toEqual([])
    const states = await world.dataSource.query('select distinct state from publications')
    expect(states).toEqual([{ state: row.state ?? 'planned' }])
  })

  it.each<[string, Given]>([
    ['a part that follows a live one', { part: 1, due: '-2 h' }],
    ['an answer to a person', { kind: 'message', due: '-2 h' }],
  ])('never counts %s as too late', async (_, row) => {
    const ids = await world.given(1, row)
    expect((await world.write()).passed).toEqual(ids)
  })

  it('counts as late what its workspace calls late', async () => {
    const ids = await world.given(1, { due: '-20 minutes', workspace: 'patient' })
    await world.given(1, { due: '-10 minutes', workspace: 'strict' })
    await world.dataSource.query(`insert into late_policies values ('patient', 60), ('strict', 5)`)
    expect((await world.write()).passed).toEqual(ids)
  })

  it.each([
    ['the workspace', { workspace_id: 'ws' }],
    ['the channel', { channel_id: 'ch' }],
    ['the network', { network: 'sandbox' }],
  ])('lets nothing pass while %s is held', async (_, scope) => {
    const ids = await world.given(1, { channel: 'ch' })
    const hold = { channel_id: null, network: null, ...scope }
    await world.dataSource.query(
      `insert into holds (id, workspace_id, channel_id, network, reason, placed_at)
       values ('hold', 'ws', $1, $2, 'storm', now())`,
      [hold.channel_id, hold.network],
    )
    expect((await world.write()).passed).toEqual([])
    await world.dataSource.query(`update holds set until = now()`)
    await repairLanes(world.dataSource.manager, 15)
    await world.dataSource.query(`update lanes set next_at = now()`)
    expect((await world.write()).passed).toEqual(ids)
  })

  it('lets what another workspace or channel holds pass', async () => {
    const ids = await world.given(1, { channel: 'ch' })
    await world.dataSource.query(
      `insert into holds (id, workspace_id, channel_id, reason, placed_at)
       values ('h1', 'other', null, 'x', now()), ('h2', 'ws', 'another', 'x', now())`,
    )
    expect((await world.write()).passed).toEqual(ids)
  })

  it('waits for a change that is under way, and then sees it', async () => {
    const [id = ''] = await world.given(1)
    const runner = world.dataSource.createQueryRunner()
    await runner.startTransaction()
    await runner.query(`update publications set state = 'cancelled' where id = $1`, [id])
    const writing = world.write()
    await runner.commitTransaction()
    await runner.release()
    expect((await writing).passed).toEqual([])
  })

  it('can be asked what passed when its answer was lost', async () => {
    const wanted = (await world.given(2)).map((publicationId) => ({
      publicationId,
      attemptId: newId('attempt'),
    }))
    const options = { owner: 'me', leaseMs: 60_000, lateMinutes: 15 }
    const passed = await passFence(world.dataSource.manager, wanted, options)
    const asked = await passedAlready(world.dataSource.manager, wanted)
    const idsOf = (some: typeof asked) => some.map(({ attempt }) => attempt.id).toSorted()
    expect(idsOf(asked)).toEqual(idsOf(passed))
    expect(asked).toHaveLength(2)
  })

  it('takes what was left in sending when its lease is over, and not before', async () => {
    const ids = await world.given(1)
    await world.write('first')
    expect(await world.write('second')).toEqual({ passed: [], doubts: [] })
    await world.dataSource.query(
      `update publications set lease_until = now() - interval '1 s', next_attempt_at = now()`,
    )
    await world.dataSource.query(`update lanes set lease_until = now(), next_at = now()`)
    expect(await world.write('second')).toEqual({
      passed: [],
      doubts: ids.map((id) => ({ id, network: 'sandbox' })),
    })
    expect(await world.write('third')).toEqual({ passed: [], doubts: [] })
  })
})
