import { isDeepStrictEqual } from 'node:util'
import type { Draft } from '../drawing/draft.ts'
import { fieldOf, isRefusal } from '../sending/http.ts'
import { call, itemsOf, textOf } from '../world/api.ts'
import type { World } from '../world/world.ts'
import { type Exchange, type Finding, finding } from './oracle.ts'
import { thingPath } from './reading.ts'

/** Fields that change by themselves, whatever is asked. */
const restless = [
  'publications',
  'progress',
  'lastUsedAt',
  'waitsUntil',
  'health',
  'healthReason',
  'unreadable',
  'messages',
  'expiresAt',
]
/** Changes that are in the log as soon as they are answered. */
const logged = ['member', 'api-key', 'workspace']

export interface Snapshot {
  readonly thing: unknown
  readonly ids: readonly string[]
  readonly entry: string
}

/** What a change could touch: the thing, the list it is in, and the log. */
export async function takeSnapshot(world: World, draft: Draft): Promise<Snapshot> {
  const { access, owner, document } = world
  const path = thingPath(world, draft.operation, draft.params)
  const list = draft.operation.path.split('/').slice(0, 3).join('/')
  const isList = document.operations.some((one) => {
    const takesLimit = one.parameters.some(({ name }) => name === 'limit')
    return one.method === 'GET' && one.path === list && takesLimit
  })
  const read = async (at: string | undefined) => {
    const told = at ? await call(access.url, owner, 'GET', at) : undefined
    return told?.status === 200 ? told.body : undefined
  }
  const [thing, page, log] = await Promise.all([
    read(path),
    read(isList && list !== '/v1/publications' ? `${list}?limit=100` : undefined),
    read('/v1/audit-events?limit=20'),
  ])
  const own = itemsOf(log).find((entry) => {
    const isOwn = textOf(fieldOf(entry, 'actor'), 'memberId') === draft.caller.memberId
    return isOwn && logged.includes(textOf(fieldOf(entry, 'subject'), 'kind'))
  })
  return {
    thing: settled(thing),
    ids: itemsOf(page).map((item) => textOf(item, 'id')),
    entry: textOf(own, 'id'),
  }
}

/** A refused request has changed nothing. */
export async function unchanged(
  { answer, draft, world }: Exchange,
  before: Snapshot,
): Promise<Finding[]> {
  if (!isRefusal(answer)) return []
  const after = await takeSnapshot(world, draft)
  const found: Finding[] = []
  if (!isDeepStrictEqual(before.thing, after.thing)) {
    const detail = `${JSON.stringify(before.thing)} → ${JSON.stringify(after.thing)}`
    found.push(finding('unchanged', 'refused, and changed all the same', detail))
  }
  const made = after.ids.filter((id) => !before.ids.includes(id))
  const isByPost = draft.method === 'POST' && before.ids.length < 100
  if (isByPost && made.length > 0) {
    found.push(finding('unchanged', 'refused, and made all the same', made.join(', ')))
  }
  if (before.entry && after.entry > before.entry) {
    found.push(finding('unchanged', 'refused, and in the audit log all the same'))
  }
  return found
}

function settled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(settled)
  // An answer that goes out meanwhile changes the version of its conversation.
  const own = 'messageCount' in value ? [...restless, 'version'] : restless
  const kept = Object.entries(value).filter(([name]) => !own.includes(name))
  return Object.fromEntries(kept.map(([name, inner]) => [name, settled(inner)]))
}
