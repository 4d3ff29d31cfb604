import type { RunningService } from '@hamava/bus'
import { newId } from '@hamava/service-kit'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, gatewayWorld, password } from '../testing/gateway-world.ts'

interface Key {
  id: string
  secret: string
  expiresAt: string | null
  channelIds: string[] | null
}

let world: Awaited<ReturnType<typeof gatewayWorld>>
let gateway: RunningService
beforeAll(async () => {
  world = await gatewayWorld()
  gateway = await world.replica()
})
afterAll(() => world?.close())

describe('a key', () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const make = (token: string, wanted: object = {}, headers: Record<string, string> = {}) => {
    const body = { name: 'کلید', scopes: ['api-keys:write', 'workspace:read'], ...wanted }
    return call<Key>(gateway, token, 'POST', '/v1/api-keys', body, headers)
  }
  const read = (token: string, path = '/v1/workspace') => call(gateway, token, 'GET', path)
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'allowed',
      (error: Error) => /"code":"(\w+)"/.exec(error.message)?.[1],
    )

  it('ends with the key that made it, and so does what that one made', async () => {
    const { key } = await world.workspace()
    const mother = await make(key)
    const child = await make(mother.secret)
    const grandchild = await make(child.secret)
    await read(grandchild.secret)
    await call(gateway, key, 'DELETE', `/v1/api-keys/${mother.id}`)
    for (const { secret } of [mother, child, grandchild]) {
      expect(await refusal(read(secret))).toBe('unauthenticated')
    }
    await read(key)
  })

  it('that is asked for while its maker is revoked is revoked as well, or never made', async () => {
    const { key } = await world.workspace()
    for (let round = 0; round < 10; round++) {
      const mother = await make(key)
      const child = await make(mother.secret)
      const [made] = await Promise.allSettled([
        make(child.secret),
        call(gateway, key, 'DELETE', `/v1/api-keys/${mother.id}`),
      ])
      if (made.status === 'rejected') continue
      expect(await refusal(read(made.value.secret))).toBe('unauthenticated')
    }
  })

  it('does not outlive the key that made it', async () => {
    const { key } = await world.workspace()
    const mother = await make(key, { expiresAt: inDays(2) })
    expect((await make(mother.secret)).expiresAt).toBe(mother.expiresAt)
    const sooner = inDays(1)
    expect((await make(mother.secret, { expiresAt: sooner })).expiresAt).toBe(sooner)
    expect(await refusal(make(mother.secret, { expiresAt: inDays(3) }))).toBe('key_outlives_maker')
  })

  it('has what its maker has, and no more', async () => {
    const { id, key } = await world.workspace()
    const channelIds = [world.channel(id), world.channel(id)]
    const mother = await make(key, { channelIds })
    expect((await make(mother.secret)).channelIds).toEqual(channelIds)
    const other = { channelIds: [world.channel(id)] }
    expect(await refusal(make(mother.secret, other))).toBe('channel_forbidden')
    expect(await refusal(make(mother.secret, { scopes: ['posts:read'] }))).toBe('scope_too_wide')
  })

  it('is one however often it is asked for, and its answer is kept where nobody reads the secret', async () => {
    const { key } = await world.workspace()
    const headers = { 'idempotency-key': newId('event') }
    const [first, second] = [await make(key, {}, headers), await make(key, {}, headers)]
    expect(second).toEqual(first)
    const kept = await world.dataSource.query<object[]>('select * from idempotent_requests')
    expect(kept.length).toBeGreaterThan(0)
    expect(JSON.stringify(kept)).not.toContain(first.secret)
  })

  it('operates the installation as long as its maker does', async () => {
    const { key, email } = await world.workspace()
    const path = '/v1/operations/gateway'
    const operating = await make(key, { scopes: ['operations:read'] })
    await read(operating.secret, path)
    const sql = 'update people set is_operator = $2 where email = $1'
    await world.dataSource.query(sql, [email, false])
    expect(await refusal(read(operating.secret, path))).toBe('forbidden')
    expect(await refusal(read(key, path))).toBe('forbidden')
    expect(await refusal(make(key, { scopes: ['operations:read'] }))).toBe('scope_too_wide')
  })

  it('has channels of its workspace alone, as has a member; those removed since may stay in a list', async () => {
    const { id: workspaceId, key } = await world.workspace()
    const elsewhere = await world.workspace()
    const mine = world.channel(workspaceId)
    for (const unknown of [newId('channel'), world.channel(elsewhere.id)]) {
      const channelIds = [mine, unknown]
      expect(await refusal(make(key, { channelIds }))).toBe('not_found')
      const email = `${newId('person')}@example.org`
      const person = { email, name: 'رضا', password, role: 'viewer' }
      const add = (ids: string[]) =>
        call<{ id: string }>(gateway, key, 'POST', '/v1/members', { ...person, channelIds: ids })
      await expect(add(channelIds)).rejects.toThrow('not_found')
      const { id } = await add([mine])
      const edit = (ids: string[]) =>
        call<{ channelIds: string[] }>(
          gateway,
          key,
          'PATCH',
          `/v1/members/${id}`,
          { channelIds: ids },
          { 'if-match': '*' },
        )
      await expect(edit(channelIds)).rejects.toThrow('not_found')
      world.removeChannel(mine)
      expect((await edit([mine])).channelIds).toEqual([mine])
      world.channel(workspaceId, mine)
    }
  })
})

describe('a member', () => {
  it('who is kept to channels gives those alone, and leaves others as they are', async () => {
    const { id: workspaceId, key } = await world.workspace()
    const mine = world.channel(workspaceId)
    const add = (token: string, change: object) => {
      const body = {
        email: `${newId('person')}@example.org`,
        name: 'رضا',
        password,
        role: 'viewer',
      }
      return call<{ id: string; email: string; channelIds: string[] | null; version: number }>(
        gateway,
        token,
        'POST',
        '/v1/members',
        { ...body, ...change },
      )
    }
    const manager = await add(key, { role: 'manager', channelIds: [mine] })
    const login = { email: manager.email, password, workspaceId }
    const { token } = await call<{ token: string }>(gateway, '', 'POST', '/v1/login', login)
    expect((await add(token, {})).channelIds).toEqual([mine])
    const wide = await add(key, { channelIds: [mine, world.channel(workspaceId)] })
    const edit = (changes: object) =>
      call(gateway, token, 'PATCH', `/v1/members/${wide.id}`, changes, { 'if-match': '*' })
    await expect(edit({ channelIds: [mine] })).rejects.toThrow('member_wider')
    await expect(call(gateway, token, 'DELETE', `/v1/members/${wide.id}`)).rejects.toThrow(
      'member_wider',
    )
    const shown = await call<{ channelIds: string[] }>(
      gateway,
      token,
      'GET',
      `/v1/members/${wide.id}`,
    )
    expect(shown.channelIds).toEqual([mine])
  })
})
