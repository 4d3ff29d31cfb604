import { isDeepStrictEqual } from 'node:util'
import { type Answer, fieldOf, isAccepted } from '../sending/http.ts'
import { call } from '../world/api.ts'
import { otherUnderSameTag, sameTag, tagKey } from './conditional-answers.ts'
import { type Asking, type Exchange, finding } from './oracle.ts'
import { idOf, shownIn, thingPath } from './reading.ts'

/** Accepted values are shown as they were sent. */
export const stored: Asking = async (exchange) => {
  const { answer, draft, world } = exchange
  const isChange = ['POST', 'PUT', 'PATCH'].includes(draft.method)
  if (!isAccepted(answer) || !isChange || !isPlain(exchange)) return []
  const back = await readBack(exchange)
  const read = back?.answer.body
  const answers = [
    ['is answered', shownIn(answer.body)],
    ...(read === undefined ? [] : ([['is shown', read]] as const)),
  ] as const
  const before = back && otherUnderSameTag(world, tagKey(world.owner, back.at), back.answer)
  const found = before ? [finding('conditional', sameTag, before)] : []
  const otherwise = answers.flatMap(([where, shown]) =>
    Object.entries(draft.body as object).flatMap(([name, sent]) => {
      const told = fieldOf(shown, name)
      // Left empty, `channelIds` become the caller's own, and `expiresAt` becomes that of the calling key.
      const { channelIds, expiresAt } = draft.caller
      const isFilledIn =
        sent === null &&
        ((name === 'channelIds' && channelIds) || (name === 'expiresAt' && expiresAt))
      if (told === undefined || isFilledIn || isSame(name, sent, told, world.handles)) return []
      const detail = `${name}: ${JSON.stringify(sent)} became ${JSON.stringify(told)}`
      return [finding('stored', `\`${name}\` ${where} otherwise than it was sent`, detail)]
    }),
  )
  return [...found, ...otherwise]
}

/** What was taken away is not there any more. */
export const takenAway: Asking = async ({ answer, draft, world }) => {
  const isThing = draft.method === 'DELETE' && draft.operation.path.split('/').length === 4
  if (!isAccepted(answer) || !isThing || draft.caller.workspace !== 'ours') return []
  const path = thingPath(world, draft.operation, draft.params)
  const read = path && (await call(world.access.url, world.owner, 'GET', path))
  return read && read.status === 200
    ? [finding('stored', 'what was taken away is still there')]
    : []
}

const isPlain = ({ draft }: Exchange) =>
  typeof draft.body === 'object' && draft.body !== null && draft.raw.body === undefined

interface ReadBack {
  readonly at: string
  readonly answer: Answer
}

async function readBack({ answer, draft, world }: Exchange): Promise<ReadBack | undefined> {
  if (draft.caller.workspace !== 'ours') return undefined
  const { path, method } = draft.operation
  // Deeper paths are about a thing, such as a comment on it, and are not its fields.
  const isOfThing = path.split('/').length <= 4
  const at = isOfThing ? thingPath(world, draft.operation, draft.params, answer.body) : undefined
  if (!at || (method === 'POST' && !idOf(answer.body))) return undefined
  const read = await call(world.access.url, world.owner, 'GET', at)
  return read.status === 200 ? { at, answer: read } : undefined
}

function isSame(name: string, sent: unknown, told: unknown, handles: readonly string[]): boolean {
  if (name === 'schedule') return isSameTime(sent, told)
  // A network names its accounts by itself.
  if (name === 'fields' || name === 'handle') return handles.length > 0
  if (typeof sent === 'string' && typeof told === 'string') {
    const isTime = /^\d{4}-\d\d-\d\dT/.test(sent)
    if (isTime) return Date.parse(sent) === Date.parse(told)
    return sent === told || sent.trim() === told || sent.toLowerCase() === told
  }
  if (Array.isArray(sent) && Array.isArray(told)) {
    return (
      sent.length === told.length && sent.every((one, at) => isSame(name, one, told[at], handles))
    )
  }
  if (typeof sent === 'object' && sent !== null && typeof told === 'object' && told !== null) {
    return Object.entries(sent).every(([key, value]) =>
      isSame(key, value, (told as Record<string, unknown>)[key], handles),
    )
  }
  return isDeepStrictEqual(sent, told)
}

/** A schedule is shown with what follows from it. */
function isSameTime(sent: unknown, told: unknown): boolean {
  const at = fieldOf(sent, 'at')
  if (typeof at === 'string') return Date.parse(String(fieldOf(told, 'dueAt'))) === Date.parse(at)
  const local = fieldOf(sent, 'local')
  if (typeof local !== 'string') return true
  return fieldOf(told, 'local') === local && fieldOf(told, 'zone') === fieldOf(sent, 'zone')
}
