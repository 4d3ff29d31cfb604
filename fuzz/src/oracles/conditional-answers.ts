import { findOperation } from '../document/operation.ts'
import { type Finding, finding, type Oracle } from './oracle.ts'

/** What was shown under a tag, by who asked for what. */
const shown = new WeakMap<object, Map<string, { tag: string; text: string }>>()

/** A tag stands for what is shown; who is told that theirs is old is told the current one. */
export const conditionalAnswers: Oracle = ({ answer, request, draft, world }) => {
  const found: Finding[] = []
  const { etag } = answer.headers
  if (answer.status === 412 && !etag)
    found.push(finding('conditional', '412 without the current ETag'))
  const path = request.path.split('?')[0] ?? ''
  const isRead = request.method === 'GET' && answer.status === 200 && etag
  if (!isRead || !findOperation(world.document, 'GET', path)) return found
  const seen = shown.get(world) ?? new Map()
  shown.set(world, seen)
  const key = `${draft.caller.name} ${request.path}`
  const before = seen.get(key)
  seen.set(key, { tag: etag, text: answer.text })
  if (before && before.tag === etag && before.text !== answer.text) {
    found.push(finding('conditional', 'the same ETag for what is shown otherwise', before.text))
  }
  return found
}
