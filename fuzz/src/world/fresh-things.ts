import type { Operation } from '../document/operation.ts'
import { call, textOf } from './api.ts'
import { makeChannels } from './make-channels.ts'
import type { World } from './world.ts'

const makers: Readonly<
  Record<string, (world: World, count: number) => Promise<string | undefined>>
> = {
  removeMember: async ({ access, owner, handles, password }, count) => {
    const email = `gone${count}.${handles[0]}@example.org`
    const input = { email, name: 'gone', password, role: 'viewer' }
    return textOf((await call(access.url, owner, 'POST', '/v1/members', input)).body, 'id')
  },
  revokeApiKey: async ({ access, owner }) => {
    const input = { name: 'gone', scopes: ['posts:read'] }
    return textOf((await call(access.url, owner, 'POST', '/v1/api-keys', input)).body, 'id')
  },
  removeChannel: async ({ access, owner, handles }, count) =>
    access.sandboxUrl
      ? (await makeChannels(access, owner, [`${handles[0]}-gone${count}`]))[0]
      : undefined,
}

let count = 0

/** Operations that remove things for good get one made for the purpose, as the run relies on the others. */
export const isThrownAway = ({ id }: Operation) => id in makers

export async function freshThing(
  world: World,
  { id }: Operation,
  params: Readonly<Record<string, string>>,
): Promise<{ params: Record<string, string> }> {
  const made = await makers[id]?.(world, count++)
  return { params: { ...params, id: made || `${id}_none` } }
}
