import type { RunningService } from '@hamava/bus'
import { type Channel, channelChanged, metricsCollected } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { anEntry, gatewayWorld, hear } from '../testing/gateway-world.ts'
import { listen } from '../testing/listener.ts'
import { feedTypes } from './feed-types.ts'
import { mostReplayed } from './find-start.ts'

const changed = channelChanged.name

describe('a live stream', () => {
  let world: Awaited<ReturnType<typeof gatewayWorld>>
  let gateway: RunningService
  beforeAll(async () => {
    world = await gatewayWorld()
    gateway = await world.replica()
  })
  afterAll(() => world?.close())

  const removed = () => {
    const channelId = newId('channel')
    return { channelId, action: 'removed' as const, before: null as Channel | null, after: null }
  }
  const record = async (workspaceId: string, count: number) => {
    const entries = Array.from({ length: count }, (_, at) => anEntry(workspaceId, { body: { at } }))
    await world.record(entries)
  }
  const positions = async (workspaceId: string) => {
    const sql = 'select seq from feed_events where workspace_id = $1 order by seq'
    const rows = await world.dataSource.query<{ seq: string }[]>(sql, [workspaceId])
    return rows.map(({ seq }) => seq)
  }

  it('says at once where it begins', async () => {
    const { id, key } = await world.workspace()
    await record(id, 2)
    const listener = await hear(gateway, key)
    const { id: begins } = await listener.heard('the first frame', () => true, 1_000)
    expect(begins).toBe((await positions(id)).at(-1))
    listener.close()
  })

  it('tells what happens', async () => {
    const { id, key } = await world.workspace()
    const listener = await hear(gateway, key)
    const body = removed()
    await world.say(id, channelChanged, body)
    const {
      id: seq,
      event,
      data,
    } = await listener.heard('the event', (frame) => frame.data?.channelId === body.channelId)
    expect(seq).toMatch(/^\d+$/)
    expect(event).toBe(changed)
    expect(data).toEqual({ ...body, type: changed, id: expect.any(String), at: expect.any(String) })
    expect(new Date(String(data?.at)).toISOString()).toBe(data?.at)
    expect(Date.now() - Date.parse(String(data?.at))).toBeLessThan(60_000)
    listener.close()
  })

  it('tells what another replica records', async () => {
    const { id, key } = await world.workspace()
    const listener = await hear(gateway, key)
    await listener.heard('the first frame', () => true)
    await world.record([anEntry(id, { body: { from: 'elsewhere' } })])
    await listener.heard('the other one', ({ data }) => data?.from === 'elsewhere')
    listener.close()
  })

  it('goes on after the last id, with each event once and in order', async () => {
    const { id, key } = await world.workspace()
    await record(id, 250)
    const all = await positions(id)
    const listener = await hear(gateway, key, { 'last-event-id': all[99] ?? '' })
    await eventually('the rest', () => listener.told(changed).length >= 150)
    expect(listener.told(changed).map(({ at }) => at)).toEqual(
      Array.from({ length: 150 }, (_, at) => at + 100),
    )
    listener.close()
  })

  describe('of somebody who was away', () => {
    let workspace: Awaited<ReturnType<typeof world.workspace>>
    let all: string[]
    beforeAll(async () => {
      workspace = await world.workspace()
      await record(workspace.id, mostReplayed + 2)
      all = await positions(workspace.id)
    })

    it('replays as much as it may', async () => {
      const listener = await hear(gateway, workspace.key, { 'last-event-id': all[1] ?? '' })
      await eventually('all', () => listener.told(changed).length === mostReplayed, 30_000)
      expect(listener.told('reset')).toEqual([])
      listener.close()
    })

    it.each([
      ['for one event more', () => all[0] ?? ''],
      ['for an id that is not there yet', () => String(BigInt(all.at(-1) ?? 0) + 1_000_000n)],
    ])('says that everything is to be read again %s', async (_why, seen) => {
      const listener = await hear(gateway, workspace.key, { 'last-event-id': seen() })
      const newest = (await positions(workspace.id)).at(-1)
      const reset = await listener.heard('the reset', ({ event }) => event === 'reset')
      expect(reset).toEqual({ id: newest, event: 'reset', data: { id: newest } })
      await record(workspace.id, 1)
      await listener.heard('what happens then', ({ data }) => data?.at === 0)
      expect(listener.told(changed)).toHaveLength(1)
      listener.close()
    })

    it('says so, too, for what is no longer kept, and not for what just is', async () => {
      const { id, key } = await world.workspace()
      await record(id, 3)
      const mine = await positions(id)
      await world.dataSource.query('delete from feed_events where seq <= $1', [mine[0]])
      const kept = await hear(gateway, key, { 'last-event-id': mine[0] ?? '' })
      await eventually('both that are kept', () => kept.told(changed).length === 2)
      expect(kept.told('reset')).toEqual([])
      const before = String(BigInt(mine[0] ?? 0) - 1n)
      const lost = await hear(gateway, key, { 'last-event-id': before })
      await lost.heard('the reset', ({ event }) => event === 'reset')
      kept.close()
      lost.close()
    })
  })

  it('answers HEAD at once, and keeps no place for it', async () => {
    const { id, key } = await world.workspace()
    const head = await listen(`${gateway.url}/v1/events`, key, {}, 'HEAD')
    await head.ended(1_000)
    expect(head.status).toBe(200)
    expect(head.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    const response = await fetch(`${gateway.url}/v1/operations/gateway`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const { streams } = (await response.json()) as { streams: { ofWorkspace: number } }
    expect([id, streams.ofWorkspace]).toEqual([id, 0])
  })

  it('carries no readings of metrics, and refuses names that it does not know', async () => {
    const { key } = await world.workspace()
    const names = feedTypes.map(({ event }) => event.name)
    expect(names).not.toContain(metricsCollected.name)
    const refused = await hear(gateway, key, {}, `?types=${changed},nothing`)
    await refused.ended()
    const { code, errors } = JSON.parse(refused.body()) as {
      code: string
      errors: { pointer: string; message: string }[]
    }
    expect([refused.status, code, errors[0]?.pointer]).toEqual([422, 'invalid_input', '/types'])
    for (const name of ['nothing', ...names]) expect(errors[0]?.message).toContain(name)
  })

  it('outlives a database that goes away, and then tells what happened', async () => {
    const { id, key } = await world.workspace()
    const listener = await hear(gateway, key)
    await listener.heard('the first frame', () => true)
    await world.dataSource.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await eventually('the event is recorded', () =>
      record(id, 1).then(
        () => true,
        () => false,
      ),
    )
    await listener.heard('what happened', ({ data }) => data?.at === 0)
    expect(listener.isOver()).toBe(false)
    listener.close()
  })

  it('hears the rest when it reads again after a while', async () => {
    const { id, key } = await world.workspace()
    const listener = await hear(gateway, key)
    await listener.heard('the first frame', () => true)
    listener.pause()
    const text = 'x'.repeat(500_000)
    const large = Array.from({ length: 40 }, (_, at) => anEntry(id, { body: { at, text } }))
    await world.record(large)
    const other = await hear(gateway, key, { 'last-event-id': (await positions(id))[0] ?? '' })
    await eventually('somebody else has them', () => other.told(changed).length === 39, 30_000)
    listener.resume()
    await eventually('all of them', () => listener.told(changed).length === 40, 30_000)
    expect(listener.told(changed).map(({ at }) => at)).toEqual(large.map((_, at) => at))
    listener.close()
    other.close()
  })
})
