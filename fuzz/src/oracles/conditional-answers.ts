import { findOperation } from '../document/operation.ts'
import type { Answer } from '../sending/http.ts'
import type { Caller } from '../world/caller.ts'
import { type Finding, finding, type Oracle } from './oracle.ts'

export const sameTag = 'the same ETag for what is shown otherwise'

/** What was shown under a tag, by caller and path. */
const shown = new WeakMap<object, Map<string, { tag: string; text: string }>>()

/** Remembers the text shown under a tag; returns an earlier, different text of the same tag. */
export function otherUnderSameTag(
  world: object,
  key: string,
  { headers, text, status }: Answer,
): string | undefined {
  const { etag } = headers
  if (!etag || status !== 200) return undefined
  const seen = shown.get(world) ?? new Map()
  shown.set(world, seen)
  const before = seen.get(key)
  seen.set(key, { tag: etag, text })
  return before?.tag === etag && before.text !== text ? before.text : undefined
}

/** Unrestricted callers of a workspace see the same, so their reads share one key. */
export const tagKey = ({ channelIds, workspace }: Caller, path: string) =>
  `${workspace} ${channelIds === null} ${path}`

/** The same tag means the same answer; a 412 tells the current tag. */
export const conditionalAnswers: Oracle = ({ answer, request, draft, world }) => {
  const found: Finding[] = []
  const { etag } = answer.headers
  if (answer.status === 412 && !etag)
    found.push(finding('conditional', '412 without the current ETag'))
  const path = request.path.split('?')[0] ?? ''
  if (request.method !== 'GET' || !findOperation(world.document, 'GET', path)) return found
  const before = otherUnderSameTag(world, tagKey(draft.caller, request.path), answer)
  if (before) found.push(finding('conditional', sameTag, before))
  return found
}
