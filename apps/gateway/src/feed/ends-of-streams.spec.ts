import type { RunningService } from '@hamava/bus'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { anEntry, call, gatewayWorld, hear, password } from '../testing/gateway-world.ts'
import { OpenStreams } from './open-streams.ts'

const changed = 'publishing.channel.changed.v1'

describe('the end of a stream', () => {
  let world: Awaited<ReturnType<typeof gatewayWorld>>
  let here: RunningService
  let elsewhere: RunningService
  beforeAll(async () => {
    world = await gatewayWorld()
    ;[here, elsewhere] = await Promise.all([world.replica(), world.replica()])
  })
  afterAll(() => world?.close())

  interface Member {
    id: string
    version: number
    token: string
  }

  /** A member of a new workspace who is kept to two channels, and the key of its owner. */
  async function aMember() {
    const { id: workspaceId, key } = await world.workspace()
    const email = `${newId('person')}@example.org`
    const channelIds = [world.channel(workspaceId), world.channel(workspaceId)]
    const added = { email, name: 'رضا', password, role: 'editor', channelIds }
    const member = await call<Omit<Member, 'token'>>(here, key, 'POST', '/v1/members', added)
    const login = { email, password, workspaceId }
    const { token } = await call<{ token: string }>(here, '', 'POST', '/v1/login', login)
    return { workspaceId, key, channelIds, member: { ...member, token } }
  }

  const both = (token: string) => Promise.all([hear(here, token), hear(elsewhere, token)])
  const edit = (key: string, { id, version }: Member, changes: object) =>
    call(here, key, 'PATCH', `/v1/members/${id}`, changes, { 'if-match': `"${version}"` })
  /** Long before the heartbeat, at which every stream looks by itself. */
  const atOnceMs = 2_000
  const statusOf = async (token: string) => {
    const listener = await hear(elsewhere, token)
    listener.close()
    return listener.status
  }

  it('comes at once on all replicas when somebody logs out', async () => {
    const { member } = await aMember()
    const streams = await both(member.token)
    await call(here, member.token, 'POST', '/v1/logout')
    await Promise.all(streams.map((stream) => stream.ended(atOnceMs)))
    expect(await statusOf(member.token)).toBe(401)
  })

  it('comes at once on all replicas when a member is removed', async () => {
    const { key, member } = await aMember()
    const streams = await both(member.token)
    await call(here, key, 'DELETE', `/v1/members/${member.id}`)
    await Promise.all(streams.map((stream) => stream.ended(atOnceMs)))
    expect(await statusOf(member.token)).toBe(401)
  })

  it('comes at once on all replicas when a key is revoked, and for no other key', async () => {
    const { key } = await world.workspace()
    const input = { name: 'short', scopes: ['workspace:read', 'channels:read'] }
    const made = await call<{ id: string; secret: string }>(
      here,
      key,
      'POST',
      '/v1/api-keys',
      input,
    )
    const [streams, others] = await Promise.all([both(made.secret), both(key)])
    await call(here, key, 'DELETE', `/v1/api-keys/${made.id}`)
    await Promise.all(streams.map((stream) => stream.ended(atOnceMs)))
    expect(await statusOf(made.secret)).toBe(401)
    expect(others.map((stream) => stream.isOver())).toEqual([false, false])
    for (const stream of others) stream.close()
  })

  it('comes when a key expires', async () => {
    const { key } = await world.workspace()
    const expiresAt = new Date(Date.now() + 2_500).toISOString()
    const input = { name: 'short', scopes: ['workspace:read', 'channels:read'], expiresAt }
    const made = await call<{ secret: string }>(here, key, 'POST', '/v1/api-keys', input)
    const stream = await hear(here, made.secret)
    expect(stream.isOver()).toBe(false)
    await stream.ended(4_000)
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt))
    expect(await statusOf(made.secret)).toBe(401)
  })

  it('comes when a role changes, and the next stream is judged again', async () => {
    const { key, member } = await aMember()
    const streams = await both(member.token)
    await edit(key, member, { role: 'viewer' })
    await Promise.all(streams.map((stream) => stream.ended(atOnceMs)))
    expect(await statusOf(member.token)).toBe(200)
  })

  it('comes before one more event of a channel that a member has lost', async () => {
    const { workspaceId, key, channelIds, member } = await aMember()
    const [kept, lost] = channelIds
    const streams = await both(member.token)
    await world.record([anEntry(workspaceId, { channelIds, body: { at: 1 } })])
    for (const stream of streams) await stream.heard('the first', ({ data }) => data?.at === 1)
    await edit(key, member, { channelIds: [kept] })
    const events = channelIds.map((id) => anEntry(workspaceId, { channelIds: [id], body: { id } }))
    await world.record(events)
    await Promise.all(streams.map((stream) => stream.ended(atOnceMs)))
    const after = await hear(elsewhere, member.token, {
      'last-event-id': streams[0].frames.at(-2)?.id ?? '',
    })
    await after.heard('what is left', ({ data }) => data?.id === kept)
    const told = [...streams, after].flatMap((stream) => stream.told(changed))
    expect(told.some(({ id }) => id === lost)).toBe(false)
    after.close()
  })

  it('comes even where no replica is told, before the next event', async () => {
    const { workspaceId, member } = await aMember()
    const stream = await hear(elsewhere, member.token)
    await stream.heard('the first frame', () => true)
    await world.dataSource.query('delete from sessions where member_id = $1', [member.id])
    await world.record([anEntry(workspaceId, { body: { at: 1 } })])
    await stream.ended(5_000)
    expect(stream.told(changed)).toEqual([])
  })

  it('comes with a heartbeat where no replica is told and nothing happens', async () => {
    const { member } = await aMember()
    const stream = await hear(elsewhere, member.token)
    await world.dataSource.query('delete from sessions where member_id = $1', [member.id])
    await stream.ended(18_000)
  })

  it('gives the place back', async () => {
    const { id: workspaceId, key } = await world.workspace()
    const [stream, other] = await both(key)
    const ofWorkspace = () => here.app.get(OpenStreams).count(workspaceId).ofWorkspace
    expect(ofWorkspace()).toBe(1)
    stream.close()
    await eventually('it is gone', () => ofWorkspace() === 0)
    other.close()
  })

  it('does not keep a server from stopping', async () => {
    const { key } = await world.workspace()
    const stopping = await world.replica()
    const stream = await hear(stopping, key)
    await stopping.close()
    await stream.ended(1_000)
  })
})
