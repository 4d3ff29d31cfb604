import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startGateway } from '../testing/gateway-process.ts'
import { anEntry, call, gatewayWorld, hear } from '../testing/gateway-world.ts'
import type { Listener } from '../testing/listener.ts'

const changed = 'publishing.channel.changed.v1'
const listeners = 200
const events = 60
const eventBytes = 200_000

describe(`${listeners} listeners that do not read`, () => {
  let world: Awaited<ReturnType<typeof gatewayWorld>>
  let gateway: Awaited<ReturnType<typeof startGateway>>
  const silent: Listener[] = []
  beforeAll(async () => {
    world = await gatewayWorld({ STREAMS_PER_KEY: listeners + 10 })
    gateway = await startGateway(world.config)
  })
  afterAll(async () => {
    for (const stream of silent) stream.close()
    await gateway?.stop()
    await world?.close()
  })

  it('cost little memory, keep nobody waiting, and are cut off', async () => {
    const { id, key } = await world.workspace()
    const text = 'x'.repeat(eventBytes)
    const record = async (count: number) => {
      for (let at = 0; at < count; at++) await world.record([anEntry(id, { body: { at, text } })])
    }
    await record(events / 2)
    const sql = 'select seq from feed_events where workspace_id = $1 order by seq'
    const rows = await world.dataSource.query<{ seq: string }[]>(sql, [id])
    const before = gateway.megabytes('VmRSS')
    for (let at = 0; at < listeners; at++) {
      // Each at a place of its own, so that they do not all wait with the same event.
      const seen = rows[at % 10]?.seq ?? ''
      const stream = await hear(gateway, key, { 'last-event-id': seen })
      stream.pause()
      silent.push(stream)
    }
    const reading = await hear(gateway, key, { 'last-event-id': rows[0]?.seq ?? '' })
    const longest = { ms: 0 }
    const ask = async () => {
      const began = Date.now()
      await call(gateway, key, 'GET', '/v1/me')
      longest.ms = Math.max(longest.ms, Date.now() - began)
    }
    const recording = record(events / 2)
    await eventually(
      'who reads has heard everything',
      async () => {
        await ask()
        return reading.told(changed).length === events - 1
      },
      60_000,
    )
    await recording
    // Milliseconds on a machine that does nothing else.
    expect(longest.ms).toBeLessThan(10_000)
    type Status = { streams: { open: number } }
    const open = async () =>
      (await call<Status>(gateway, key, 'GET', '/v1/operations/gateway')).streams.open
    expect(await open()).toBeGreaterThan(listeners / 2)
    await eventually('they are cut off', async () => (await open()) === 1, 60_000)
    console.info(
      `${listeners} streams unread: ${before} MB before, ${gateway.megabytes('VmHWM')} MB at most, ` +
        `${gateway.megabytes('VmRSS')} MB after; the longest request took ${longest.ms} ms`,
    )
    expect(gateway.megabytes('VmHWM')).toBeLessThan(400)
    expect(reading.isOver()).toBe(false)
    reading.close()
  }, 180_000)
})
