import { fieldOf } from '../sending/http.ts'
import { call, must, textOf } from './api.ts'
import type { Caller } from './caller.ts'
import type { Access } from './world.ts'

export const memberPassword = 'as long as it must be'
let addresses = 0

/** Logins are limited by address and person, so each of ours comes from an address of its own. */
export const ownAddress = () => {
  const at = addresses++
  return { 'x-forwarded-for': `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}` }
}

/** Asks the system who somebody is. */
export async function callerOf(
  access: Access,
  name: string,
  headers: Record<string, string>,
  workspace: Caller['workspace'],
  via: Caller['via'],
): Promise<Caller> {
  const me = await must(access.url, { headers }, 'GET', '/v1/me')
  const channelIds = fieldOf(me, 'channelIds') as string[] | null
  return {
    name,
    headers,
    permissions: new Set(fieldOf(me, 'permissions') as string[]),
    channelIds,
    workspace,
    workspaceId: textOf(fieldOf(me, 'workspace'), 'id'),
    memberId: textOf(fieldOf(me, 'member'), 'id') || null,
    via,
  }
}

interface NewMember {
  readonly email: string
  readonly role: string
  readonly channelIds: readonly string[] | null
}

/** A member who has logged in. */
export async function addMember(
  access: Access,
  owner: Caller,
  name: string,
  { email, role, channelIds }: NewMember,
): Promise<Caller> {
  const input = { email, name, password: memberPassword, role, channelIds }
  await must(access.url, owner, 'POST', '/v1/members', input)
  const token = await logIn(access, email, memberPassword, owner.workspaceId)
  const headers = { authorization: `Bearer ${token}` }
  return { ...(await callerOf(access, name, headers, owner.workspace, 'session')), email }
}

export async function logIn(
  { url }: Access,
  email: string,
  password: string,
  workspaceId: string | null,
): Promise<string> {
  const input = { email, password, ...(workspaceId && { workspaceId }) }
  const login = await must(url, { headers: ownAddress() }, 'POST', '/v1/login', input)
  return textOf(login, 'token')
}

/** A key of somebody's, with all that they may do. */
export async function addKey(
  access: Access,
  owner: Caller,
  name: string,
  channelIds: readonly string[] | null,
  scopes: readonly string[] = [...owner.permissions],
  expiresAt?: number,
): Promise<Caller> {
  const input = {
    name,
    scopes,
    channelIds,
    ...(expiresAt && { expiresAt: new Date(expiresAt).toISOString() }),
  }
  const made = await must(access.url, owner, 'POST', '/v1/api-keys', input)
  const headers = { authorization: `Bearer ${textOf(made, 'secret')}` }
  const caller = await callerOf(access, name, headers, owner.workspace, 'api_key')
  return { ...caller, ...(expiresAt && { expiresAt }) }
}

/** The same person with a browser: by a cookie, and a CSRF token. */
export async function asBrowser(access: Access, caller: Caller, name: string): Promise<Caller> {
  const { body } = await call(access.url, caller, 'GET', '/v1/me')
  const token = caller.headers.authorization?.replace('Bearer ', '') ?? ''
  const headers = { cookie: `hamava_session=${token}`, 'x-csrf-token': textOf(body, 'csrfToken') }
  return { ...caller, name, headers }
}
