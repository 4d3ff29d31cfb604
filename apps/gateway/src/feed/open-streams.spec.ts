import type { RunningService } from '@hamava/bus'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, gatewayWorld, hear, password } from '../testing/gateway-world.ts'
import type { Listener } from '../testing/listener.ts'

describe('the number of streams', () => {
  let world: Awaited<ReturnType<typeof gatewayWorld>>
  let gateway: RunningService
  const open: Listener[] = []
  beforeAll(async () => {
    world = await gatewayWorld({ STREAMS_PER_SESSION: 2, STREAMS_PER_KEY: 3, STREAMS_MAX: 4 })
    gateway = await world.replica()
  })
  afterAll(async () => {
    for (const stream of open) stream.close()
    await world?.close()
  })

  const next = async (token: string, headers?: Record<string, string>) => {
    const stream = await hear(gateway, token, headers)
    if (stream.status === 200) open.push(stream)
    return stream
  }
  const statuses = async (token: string, count: number) => {
    const found: number[] = []
    for (let at = 0; at < count; at++) found.push((await next(token)).status)
    return found
  }

  it('is bounded for a key, for a session and for the whole process', async () => {
    const { key, email } = await world.workspace()
    const { token } = await call<{ token: string }>(gateway, '', 'POST', '/v1/login', {
      email,
      password,
    })
    expect(await statuses(token, 3)).toEqual([200, 200, 429])
    expect(await statuses(key, 3)).toEqual([200, 200, 429])
    for (const stream of open.splice(0, 2)) stream.close()
    await eventually('there is room again', async () => (await next(key)).status === 200)
    expect(await statuses(key, 1)).toEqual([429])
  })

  it('says when to come back, in the language of the caller', async () => {
    const { key } = await world.workspace()
    await statuses(key, 4)
    const refused = await next(key, { 'accept-language': 'fa' })
    await refused.ended()
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.headers['content-type']).toContain('application/problem+json')
    expect(JSON.parse(refused.body())).toMatchObject({
      code: 'too_many_streams',
      status: 429,
      detail: expect.stringContaining('جریان'),
    })
  })
})
