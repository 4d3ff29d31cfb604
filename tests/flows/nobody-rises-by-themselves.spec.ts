import { beforeAll, describe, expect, it } from '@jest/globals'
import { api } from './stack/api.ts'
import { asThem, type Somebody, somebody } from './stack/somebody.ts'

interface Member {
  id: string
  role: string
  version: number
}
interface Problem {
  code: string
}

describe('a manager', () => {
  let headers: Record<string, string>
  let self: Somebody
  let owner: Member

  beforeAll(async () => {
    self = await somebody('manager', 'مدیر')
    headers = { ...(await asThem(self)), 'if-match': '"1"' }
    const members = await api<{ items: Member[] }>('GET', '/v1/members')
    const found = members.body.items.find((one) => one.role === 'owner')
    if (!found) throw new Error('the demo workspace has an owner')
    owner = found
  })

  it.each([
    ['add an owner', () => api<Problem>('POST', '/v1/members', anOwner(), headers)],
    [
      'lower an owner',
      () => api<Problem>('PATCH', `/v1/members/${owner.id}`, { role: 'viewer' }, headers),
    ],
    [
      'remove an owner',
      () => api<Problem>('DELETE', `/v1/members/${owner.id}`, undefined, headers),
    ],
  ])('cannot %s', async (_what, attempt) => {
    const { status, body } = await attempt()
    expect([status, body.code]).toEqual([403, 'scope_too_wide'])
  })

  it.each([{ role: 'owner' }, { role: 'viewer' }, { channelIds: null }])(
    'cannot change themselves: %j',
    async (change) => {
      const attempt = await api<Problem>('PATCH', `/v1/members/${self.id}`, change, headers)
      expect([attempt.status, attempt.body.code]).toEqual([403, 'own_membership'])
    },
  )

  it.each([
    ['make a workspace', 'POST', '/v1/workspaces', { name: 'مال من', zone: 'UTC' }],
    ['see what concerns the installation', 'GET', '/v1/operations/publishing', undefined],
    ['read the dead letters of all', 'GET', '/v1/operations/content/dead-letters', undefined],
  ])('cannot %s, which operators do', async (_what, method, path, body) => {
    const attempt = await api<Problem>(method, path, body, headers)
    expect([attempt.status, attempt.body.code]).toEqual([403, 'forbidden'])
  })

  it('may add people of a lower role', async () => {
    const viewer = { ...anOwner(), role: 'viewer' }
    expect((await api('POST', '/v1/members', viewer, headers)).status).toBe(201)
  })
})

const anOwner = () => ({
  email: `owner-${Date.now()}@example.org`,
  name: 'مالک',
  password: 'یک گذرواژهٔ بلند',
  role: 'owner',
})
