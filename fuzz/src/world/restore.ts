import { fieldOf } from '../sending/http.ts'
import { call, itemsOf, must, textOf } from './api.ts'
import type { Caller } from './caller.ts'
import { asBrowser, callerOf, logIn } from './make-callers.ts'
import type { World } from './world.ts'

/** The role and channels that a member was made with, and keeps for the run. */
export interface Standing {
  readonly role: string
  readonly channelIds: readonly string[] | null
}

export async function standingsOf(
  url: string,
  owner: Caller,
): Promise<ReadonlyMap<string, Standing>> {
  const page = await must(url, owner, 'GET', '/v1/members?limit=100')
  return new Map(
    itemsOf(page).map((one) => {
      const channelIds = fieldOf(one, 'channelIds') as string[] | null
      return [textOf(one, 'id'), { role: textOf(one, 'role'), channelIds }]
    }),
  )
}

/** Resets a member after a request has changed it, as the run relies on who its callers are. */
export async function restoreMember(world: World, id: string): Promise<void> {
  const standing = world.standings.get(id)
  const { url } = world.access
  const healer = [world.owner, ...world.callers].find(
    (one) => one.memberId !== id && one.workspace === 'ours' && one.name.startsWith('owner'),
  )
  if (!standing || !healer) return
  const page = await call(url, healer, 'GET', '/v1/members?limit=100')
  const row = itemsOf(page.body).find((one) => textOf(one, 'id') === id)
  const headers = { 'if-match': `"${fieldOf(row, 'version')}"` }
  await must(url, healer, 'PATCH', `/v1/members/${id}`, standing, headers)
}

/** A caller who has logged out logs in again. */
export async function restoreSession(
  world: World,
  { memberId, workspaceId }: Caller,
): Promise<void> {
  const { callers, access } = world
  for (const [at, caller] of callers.entries()) {
    if (caller.memberId !== memberId || caller.via !== 'session') continue
    if (!caller.email || 'cookie' in caller.headers) continue
    const token = await logIn(access, caller.email, world.password, workspaceId)
    const headers = { authorization: `Bearer ${token}` }
    const again = await callerOf(access, caller.name, headers, caller.workspace, 'session')
    callers[at] = { ...again, email: caller.email }
    const browser = callers.findIndex((one) => one.memberId === memberId && 'cookie' in one.headers)
    const name = callers[browser]?.name
    if (name) callers[browser] = await asBrowser(access, callers[at], name)
  }
}
