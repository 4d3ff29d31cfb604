import { createHash } from 'node:crypto'
import { until } from '@hamava/dev-stack'
import type { ApiDocument } from '../document/operation.ts'
import { validatorOf } from '../document/validator.ts'
import { call, itemsOf, must, textOf } from './api.ts'
import { type Caller, nobody } from './caller.ts'
import { fillWorkspace } from './fill-workspace.ts'
import { addKey, addMember, asBrowser, callerOf, logIn, memberPassword } from './make-callers.ts'
import { makeChannels } from './make-channels.ts'
import { Pools } from './pools.ts'
import { standingsOf } from './restore.ts'
import { Visibility } from './visibility.ts'
import type { Access, World } from './world.ts'

const waitMs = 60_000

/** A workspace with real things in it, another one, and people and programs who may do more or less in both. */
export async function makeWorld(
  access: Access,
  document: ApiDocument,
  lane: number,
): Promise<World> {
  const name = `fz${createHash('sha256').update(`${access.apiKey}${Date.now()}${lane}`).digest('hex').slice(0, 8)}`
  const own = await ownWorkspace(access, `${name} ours`, 'ours')
  const other = access.email ? await ownWorkspace(access, `${name} other`, 'other') : undefined
  const owner = own ?? (await setupKey(access))
  const handles = ['a', 'b', 'c'].map((letter) => `${name}-${letter}`)
  const channels = await makeChannels(access, owner, handles)
  const [visible = '', ...hidden] = channels
  const visibility = new Visibility(new Set([visible]))
  for (const id of hidden) visibility.hide(id)

  await fillWorkspace(access, owner, channels, handles)
  const callers = await makeCallers(access, owner, name, visible, hidden)
  const foreign = new Pools()
  if (other) {
    const there = await makeChannels(access, other, [`${name}-o`])
    await fillWorkspace(access, other, there, [`${name}-o`])
    const told = await everything(access, other)
    foreign.learn(told)
    visibility.hideAll(told)
    callers.push({ ...other, name: 'stranger' })
  }
  const ours = new Pools()
  const told = await untilTold(access, owner)
  ours.learn(told.join('\n'))
  for (const text of told) visibility.learn(JSON.parse(text))
  const networks = itemsOf(await must(access.url, owner, 'GET', '/v1/networks'))
  return {
    access,
    lane,
    document,
    validate: validatorOf(document),
    owner,
    callers: [owner, ...callers, nobody],
    standings: await standingsOf(access.url, owner),
    ours,
    foreign,
    visibleChannelId: visible,
    visibility,
    networks: networks.map((one) => textOf(one, 'id') || textOf(one, 'network')).filter(Boolean),
    cursors: new Map(),
    handles,
    password: memberPassword,
  }
}

async function ownWorkspace(access: Access, name: string, workspace: Caller['workspace']) {
  const { email, password, url } = access
  if (!email || !password) return undefined
  const first = {
    headers: { authorization: `Bearer ${await logIn(access, email, password, null)}` },
  }
  const made = await must(url, first, 'POST', '/v1/workspaces', { name, zone: 'Asia/Tehran' })
  const token = await logIn(access, email, password, textOf(made, 'id'))
  const headers = { authorization: `Bearer ${token}` }
  const session = await callerOf(access, 'owner session', headers, workspace, 'session')
  return addKey(access, session, 'owner key', null)
}

const setupKey = (access: Access) =>
  callerOf(access, 'key', { authorization: `Bearer ${access.apiKey}` }, 'ours', 'api_key')

async function makeCallers(
  access: Access,
  owner: Caller,
  name: string,
  visible: string,
  hidden: readonly string[],
): Promise<Caller[]> {
  const only = [visible]
  const add = (who: string, role: string, channelIds: readonly string[] | null) => {
    const email = `${name}.${who.replaceAll(' ', '-')}@example.org`
    return addMember(access, owner, who, { email, role, channelIds })
  }
  const ownerSession = await add('owner', 'owner', null)
  const manager = await add('manager', 'manager', null)
  const keptManager = await add('manager kept to a channel', 'manager', only)
  const keptEditor = await add('editor kept to a channel', 'editor', only)
  const viewer = await add('viewer', 'viewer', null)
  await add('editor elsewhere', 'editor', hidden.slice(0, 1))
  const keptKey = await addKey(access, owner, 'key kept to a channel', only)
  await addKey(access, owner, 'key elsewhere', hidden)
  const end = Date.now() + 86_400_000
  const endingKey = await addKey(access, owner, 'key that ends', null, undefined, end)
  const browser = await asBrowser(access, keptManager, 'browser of the kept manager')
  return [ownerSession, manager, keptManager, keptKey, endingKey, keptEditor, viewer, browser]
}

const lists = [
  '/v1/channels',
  '/v1/posts',
  '/v1/publications',
  '/v1/holds',
  '/v1/conversations',
  '/v1/assets',
  '/v1/members',
  '/v1/api-keys',
  '/v1/audit-events',
  '/v1/me',
]

async function tellAll({ url }: Access, owner: Caller): Promise<string[]> {
  const answers = await Promise.all(
    lists.map((path) => call(url, owner, 'GET', path === '/v1/me' ? path : `${path}?limit=100`)),
  )
  const conversations = itemsOf(answers[4]?.body)
  const details = await Promise.all(
    conversations.map((one) => call(url, owner, 'GET', `/v1/conversations/${textOf(one, 'id')}`)),
  )
  return [...answers, ...details].filter(({ status }) => status === 200).map(({ text }) => text)
}

const everything = async (access: Access, owner: Caller) =>
  (await untilTold(access, owner)).join('\n')

/** Messages on the network are polled, so they arrive some seconds later. */
async function untilTold(access: Access, owner: Caller): Promise<string[]> {
  if (!access.sandboxUrl) return tellAll(access, owner)
  const isTold = async () => {
    const page = await must(access.url, owner, 'GET', '/v1/conversations')
    return itemsOf(page).length > 0 ? true : undefined
  }
  await until(isTold, { what: 'a conversation', timeoutMs: waitMs, intervalMs: 250 })
  return tellAll(access, owner)
}
