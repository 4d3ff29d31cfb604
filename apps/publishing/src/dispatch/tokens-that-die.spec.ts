import { getChannel } from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { crowd, nothingWrong } from '../testing/crowd.ts'
import { scale } from '../testing/scale.ts'
import { type TestWorld, testWorld } from '../testing/world.ts'

const posts = 100 * scale
const replicas = 4

describe('a token that dies amid the posts of its channel', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
    for (let more = 1; more < replicas; more++) await world.addReplica()
  })
  afterAll(() => world?.close())

  const requestsTo = (path: string) => world.network.requests.filter((one) => one.path === path)
  const halfAreUp = (handle: string) =>
    eventually('half of them are up', async () => {
      const live = await world.network.live(handle)
      return live.length >= posts / 2
    })

  it(
    'is refreshed by one of four replicas, once, and nothing is lost or sent with the dead one',
    async () => {
      const handle = 'expiring_none_0'
      await world.network.account(handle, { keyed: 'none', tokenTtlMs: 3_600_000 })
      const many = await crowd(world, 'expiring', 1, ['none'])
      // We were told of a longer life than it has: only a refusal can say that it is over.
      await world.sql(`update channels set expires_at = now() + interval '1 day'`)
      await world.network.fault({ kind: 'latency', ms: 20, handle })
      await many.plan(posts)
      await halfAreUp(handle)
      world.network.passTime(2 * 3_600_000)
      await many.settled(30_000 * scale)
      expect(await many.truth()).toEqual(nothingWrong)
      expect(requestsTo('/token/refresh').map(({ status }) => status)).toEqual([200])
      const sent = requestsTo('/posts')
      expect(sent.filter(({ status }) => status === 401)).toHaveLength(1)
      const tokens = Map.groupBy(sent, ({ token }) => token)
      expect(tokens.size).toBe(2)
      for (const [, of] of tokens) expect(of.length).toBeGreaterThan(posts / 3)
      expect(sent).toHaveLength(posts + 1)
    },
    60_000 * scale,
  )

  it(
    'parks its channel when it was revoked: not one request more until it is connected again',
    async () => {
      const many = await crowd(world, 'revoked', 1, ['none'])
      const [channel] = many.channels
      if (!channel) throw new Error('there is no channel')
      const { handle } = channel
      await world.network.fault({ kind: 'latency', ms: 20, handle })
      const earlier = requestsTo('/posts').length
      const refreshes = requestsTo('/token/refresh').length
      await many.plan(posts)
      await halfAreUp(handle)
      await world.network.fault({ kind: 'revoke_tokens', handle })
      // One that was under way may still go up; every other that is not up is held.
      await eventually('the rest is held', async () => {
        const up = (await world.network.live(handle)).length
        return (await many.count('held')) === posts - up
      })
      expect(await world.client.send(getChannel, world.call, { id: channel.id })).toMatchObject({
        health: 'reconnect',
      })
      const refused = () =>
        requestsTo('/posts')
          .slice(earlier)
          .filter(({ status }) => status === 401)
      // The channel is parked before its lane is free: the one that was refused is the only one.
      expect(refused()).toHaveLength(1)
      expect(requestsTo('/token/refresh').length - refreshes).toBeLessThanOrEqual(1)

      await world.channel(handle, { keyed: 'none' })
      await many.settled(30_000 * scale)
      expect(await many.truth()).toEqual(nothingWrong)
      expect(refused()).toHaveLength(1)
    },
    60_000 * scale,
  )
})
