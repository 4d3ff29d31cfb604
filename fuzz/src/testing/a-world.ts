import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@hamava/dev-stack/parts'
import { readDocument } from '../document/operation.ts'
import { validatorOf } from '../document/validator.ts'
import type { Caller } from '../world/caller.ts'
import { nobody } from '../world/caller.ts'
import { Pools } from '../world/pools.ts'
import { Visibility } from '../world/visibility.ts'
import type { World } from '../world/world.ts'

/** An id of this kind, told apart by a letter. */
export const anId = (kind: string, letter = 'a') =>
  `${kind}_01k000000000000000000000${letter.repeat(2)}`

export const visibleId = anId('ch', 'v')
export const hiddenId = anId('ch', 'h')

const document = readDocument(
  JSON.parse(readFileSync(join(repositoryRoot, 'apps/gateway/openapi.json'), 'utf8')),
)
const everything = new Set(document.operations.map(({ permission }) => permission))

export const owner: Caller = {
  name: 'owner key',
  headers: { authorization: 'Bearer hmv_owner' },
  permissions: everything,
  channelIds: null,
  workspace: 'ours',
  workspaceId: anId('ws'),
  memberId: anId('mem'),
  via: 'api_key',
}

/** Kept to the one channel that is visible. */
export const kept: Caller = {
  ...owner,
  name: 'manager kept to a channel',
  permissions: new Set([...everything].filter((one) => !one.startsWith('operations'))),
  channelIds: [visibleId],
  memberId: anId('mem', 'k'),
  via: 'session',
}

/** What a run works on, without a system: whatever is asked goes to this address. */
export function aWorld(url = 'http://127.0.0.1:9'): World {
  const ours = new Pools()
  for (const kind of ['post', 'pub', 'hold', 'conv', 'msg', 'ast', 'key', 'mem', 'ws']) {
    ours.add(anId(kind))
  }
  for (const id of [visibleId, hiddenId]) ours.add(id)
  const foreign = new Pools()
  foreign.add(anId('post', 'f'))
  const visibility = new Visibility(new Set([visibleId]))
  visibility.hide(hiddenId)
  return {
    access: { url, apiKey: 'hmv_owner' },
    lane: 0,
    document,
    validate: validatorOf(document),
    owner,
    callers: [owner, kept, nobody],
    standings: new Map(),
    ours,
    foreign,
    visibleChannelId: visibleId,
    visibility,
    networks: ['sandbox', 'mastodon'],
    cursors: new Map(),
    handles: ['fz-a'],
    password: 'as long as it must be',
  }
}
