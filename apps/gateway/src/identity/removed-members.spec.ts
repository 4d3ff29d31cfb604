import type { RunningService } from '@hamava/bus'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, gatewayWorld, password } from '../testing/gateway-world.ts'

let world: Awaited<ReturnType<typeof gatewayWorld>>
let gateway: RunningService
beforeAll(async () => {
  world = await gatewayWorld()
  gateway = await world.replica()
})
afterAll(() => world?.close())

describe('a member who is removed', () => {
  const add = async (key: string, email: string) => {
    const input = { email, name: 'رضا', password, role: 'owner' }
    return (await call<{ id: string }>(gateway, key, 'POST', '/v1/members', input)).id
  }
  const logIn = (email: string) =>
    call<{ token: string }>(gateway, '', 'POST', '/v1/login', { email, password })
  const sessions = (memberId: string) =>
    world.dataSource.query('select id from sessions where member_id = $1', [memberId])

  it('has no session any more, and their keys are kept as revoked ones', async () => {
    const { key } = await world.workspace()
    const id = await add(key, 'reza@example.org')
    const { token } = await logIn('reza@example.org')
    const wanted = { name: 'کلید', scopes: ['workspace:read'] }
    const made = await call<{ id: string }>(gateway, token, 'POST', '/v1/api-keys', wanted)
    expect(await sessions(id)).toHaveLength(1)
    await call(gateway, key, 'DELETE', `/v1/members/${id}`)
    expect(await sessions(id)).toEqual([])
    await expect(call(gateway, token, 'GET', '/v1/me')).rejects.toThrow('unauthenticated')
    const revoked = 'select 1 from api_keys where id = $1 and revoked_at is not null'
    expect(await world.dataSource.query(revoked, [made.id])).toHaveLength(1)
  })

  it('while they log in is not let in', async () => {
    const { key } = await world.workspace()
    const id = await add(key, 'nima@example.org')
    const runner = world.dataSource.createQueryRunner()
    await runner.startTransaction()
    await runner.query('delete from members where id = $1', [id])
    const login = logIn('nima@example.org').then(
      () => 'allowed',
      (error: Error) => error.message,
    )
    await eventually('a login that waits', async () => {
      const waiting = `select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return (await world.dataSource.query<unknown[]>(waiting)).length > 0
    })
    await runner.commitTransaction()
    await runner.release()
    expect(await login).toContain('wrong_credentials')
  })
})
