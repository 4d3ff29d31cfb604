import { eventually } from '@hamava/service-kit/testing'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { api } from './stack/api.ts'
import { type OwnWorkspace, ownWorkspace, sandboxChannels } from './stack/own-workspace.ts'

interface Placed {
  hold: { id: string }
  stops: number
  code?: string
}

describe('a hold', () => {
  let world: OwnWorkspace
  let channelIds: string[]
  beforeAll(async () => {
    world = await ownWorkspace('برند با توقف')
    channelIds = (await sandboxChannels(world.owner, 2)).map(({ id }) => id)
  })

  const place = (scope: object) =>
    api<Placed>('POST', '/v1/holds', { scope, reason: 'سوگواری' }, world.owner)

  it('says how many publications it stops', async () => {
    const targets = channelIds.map((channelId) => ({ channelId }))
    const schedule = { at: new Date(Date.now() + 3_600_000).toISOString() }
    await api('POST', '/v1/posts', { text: 'یک', targets, schedule }, world.owner)
    await api(
      'POST',
      '/v1/posts',
      { text: 'دو', targets: targets.slice(0, 1), schedule },
      world.owner,
    )
    const path = '/v1/publications?state=planned'
    await eventually('all are planned', async () => {
      const { body } = await api<{ items: object[] }>('GET', path, undefined, world.owner)
      return body.items.length === 3
    })
    const scopes = [{ kind: 'workspace' }, { kind: 'network', network: 'sandbox' }]
    for (const scope of scopes) expect((await place(scope)).body.stops).toBe(3)
    expect((await place({ kind: 'channel', channelId: channelIds[1] })).body.stops).toBe(1)
    expect((await place({ kind: 'network', network: 'mastodon' })).body.stops).toBe(0)
  })

  it.each([
    [{ kind: 'network', network: 'sandbocks' }, 422, 'unknown_network'],
    [{ kind: 'channel', channelId: 'ch_01k00000000000000000000000' }, 404, 'not_found'],
  ])('of nothing that there is is refused: %j', async (scope, status, code) => {
    const refused = await place(scope)
    expect([refused.status, refused.body.code]).toEqual([status, code])
  })
})
