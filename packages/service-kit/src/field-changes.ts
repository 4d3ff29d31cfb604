import type { FieldChange } from '@hamava/contracts'

/** Texts up to this length are given whole; of longer ones, at most this much of the differing part. */
const wholeLength = 500
/** Limits of all changes together, in bytes of JSON and in number. */
const mostBytes = 20_000
const mostChanges = 200

type Leaf = FieldChange['old']

/**
 * How two states of a thing differ, field by field, in a bounded size; `more` counts the fields that found no room.
 * Elements of a list are told apart by their `id` or `channelId` where all have one, else by their place.
 */
export function fieldChanges(
  before: object | null,
  after: object | null,
): { changes: FieldChange[]; more: number } {
  const changes: FieldChange[] = []
  let bytes = 0
  let more = 0
  for (const [field, was, is] of differingLeaves('', before ?? undefined, after ?? undefined)) {
    const change = changeOf(field, was, is)
    bytes += Buffer.byteLength(JSON.stringify(change))
    if (bytes > mostBytes || changes.length === mostChanges) more += 1
    else changes.push(change)
  }
  return { changes, more }
}

function* differingLeaves(
  path: string,
  was: unknown,
  is: unknown,
): Generator<[field: string, was: Leaf, is: Leaf]> {
  if (was === is) return
  const [before, after] = [childrenOf(was), childrenOf(is)]
  if (!before && !after) {
    if (leafOf(was) !== leafOf(is)) yield [path, leafOf(was), leafOf(is)]
    return
  }
  // A value that became a list, or a list that became a value, is told as both.
  if (!before && leafOf(was) !== null) yield [path, leafOf(was), null]
  if (!after && leafOf(is) !== null) yield [path, null, leafOf(is)]
  for (const key of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
    yield* differingLeaves(path ? `${path}/${key}` : key, before?.get(key), after?.get(key))
  }
}

/** The fields or elements of a value by their names; null for what has none. */
function childrenOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  const names = value.map(nameOf)
  const isNamed = names.every((name) => name !== null) && new Set(names).size === names.length
  return new Map(value.map((element, at) => [isNamed ? `${names[at]}` : `${at}`, element]))
}

function nameOf(element: unknown): string | null {
  if (typeof element !== 'object' || element === null) return null
  const { id, channelId } = element as { id?: unknown; channelId?: unknown }
  const name = id ?? channelId
  return typeof name === 'string' ? name : null
}

const leafOf = (value: unknown): Leaf =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null

function changeOf(field: string, was: Leaf, is: Leaf): FieldChange {
  if (typeof was === 'string' && typeof is === 'string') return textChange(field, was, is)
  return withoutExcess({ field, old: was, new: is })
}

/** Of long texts only what is between their common beginning and their common end. */
function textChange(field: string, was: string, is: string): FieldChange {
  if (was.length <= wholeLength && is.length <= wholeLength) return { field, old: was, new: is }
  const shorter = Math.min(was.length, is.length)
  let at = 0
  while (at < shorter && was[at] === is[at]) at += 1
  let end = 0
  while (end < shorter - at && was.at(-1 - end) === is.at(-1 - end)) end += 1
  // Neither edge falls into the middle of a character.
  if (at > 0 && isLowSurrogate(was, at)) at -= 1
  if (end > 0 && isLowSurrogate(was, was.length - end)) end -= 1
  const differing = (text: string) => text.slice(at, text.length - end)
  return withoutExcess({ field, old: differing(was), new: differing(is), at })
}

const isLowSurrogate = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00

function withoutExcess(change: FieldChange): FieldChange {
  const [old, next] = [shortened(change.old), shortened(change.new)]
  const isCut = old !== change.old || next !== change.new
  return isCut ? { ...change, old, new: next, cut: true } : change
}

/** The beginning of a text, never with half a character at its end. */
function shortened(value: Leaf): Leaf {
  if (typeof value !== 'string' || value.length <= wholeLength) return value
  return value.slice(0, isLowSurrogate(value, wholeLength) ? wholeLength - 1 : wholeLength)
}
