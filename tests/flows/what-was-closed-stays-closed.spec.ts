import { eventually } from '@hamava/service-kit/testing'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { api, dev } from './stack/api.ts'
import { type OwnWorkspace, ownWorkspace, sandboxChannels } from './stack/own-workspace.ts'

interface Post {
  id: string
  version: number
  publications: { id: string; channelId: string; state: string }[]
}

describe('a publication that somebody has accepted as it is', () => {
  let world: OwnWorkspace
  let channels: { id: string; handle: string }[]
  beforeAll(async () => {
    world = await ownWorkspace('بسته')
    channels = await sandboxChannels(world.owner, 3)
  })

  const read = async (id: string) =>
    (await api<Post>('GET', `/v1/posts/${id}`, undefined, world.owner)).body
  const live = async (handle: string) =>
    (await (await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts`)).json()) as object[]

  it('is not sent by a later change of its post', async () => {
    const [held, kept, late] = channels
    const scope = { kind: 'channel', channelId: held?.id }
    const hold = { scope, reason: 'it waits' }
    const { body: placed } = await api<{ hold: { id: string } }>(
      'POST',
      '/v1/holds',
      hold,
      world.owner,
    )
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
    const content = {
      text: 'پیش از ویرایش',
      targets: [{ channelId: held?.id }, { channelId: kept?.id }],
      schedule: { at: new Date(Date.now() + 2_000).toISOString() },
    }
    const { body: post } = await api<Post>('POST', '/v1/posts', content, world.owner)
    const stateOn = async (channelId: string | undefined) =>
      (await read(post.id)).publications.find((one) => one.channelId === channelId)?.state
    await eventually('one is held', async () => (await stateOn(held?.id)) === 'held')
    await eventually('the other is live', async () => (await stateOn(kept?.id)) === 'published')
    const { id } =
      (await read(post.id)).publications.find((one) => one.channelId === held?.id) ?? {}
    const word = { action: 'accept_as_it_is' }
    const closed = await api('POST', `/v1/publications/${id}/resolve`, word, world.owner)
    expect(closed.status).toBe(200)
    await eventually('the post knows', async () => (await stateOn(held?.id)) === 'cancelled')
    await api('POST', `/v1/holds/${placed.hold.id}/release`, undefined, world.owner)

    // Another channel is added: it, and nothing else, is planned.
    const { version } = await read(post.id)
    const changes = {
      targets: [{ channelId: held?.id }, { channelId: kept?.id }, { channelId: late?.id }],
    }
    const headers = { ...world.owner, 'if-match': `"${version}"` }
    const edited = await api('PATCH', `/v1/posts/${post.id}`, changes, headers)
    expect(edited.status).toBe(200)
    await eventually('the new one is live', async () => (await stateOn(late?.id)) === 'published')
    const schedule = { schedule: { at: inAnHour } }
    const moved = await api<{ code: string }>(
      'POST',
      `/v1/posts/${post.id}/schedule`,
      schedule,
      world.owner,
    )
    expect([moved.status, moved.body.code]).toEqual([409, 'too_late'])
    const after = await read(post.id)
    expect(after.publications.filter(({ channelId }) => channelId === held?.id)).toHaveLength(1)
    expect(await live(held?.handle ?? '')).toEqual([])
  })
})
