import { isDeepStrictEqual } from 'node:util'
import { type Answer, type HttpRequest } from '../sending/http.ts'
import { send } from '../sending/send.ts'
import { type Asking, type Finding, finding } from './oracle.ts'

/** A reader who has the current answer gets 304, in every form of RFC 9110. */
export const conditionalReads: Asking = async ({ answer, request, world }) => {
  const { etag } = answer.headers
  if (request.method !== 'GET' || answer.status !== 200 || !etag) return []
  const ask = (tags: string) => send(world.access.url, withHeader(request, 'if-none-match', tags))
  const forms = [
    [etag, 'If-None-Match of what is current'],
    [`W/${etag}`, 'a weak If-None-Match of what is current'],
    [`"other", ${etag}`, 'If-None-Match of a list with what is current'],
    ['*', 'If-None-Match of any'],
  ] as const
  const found: Finding[] = []
  for (const [tags, what] of forms) {
    const told = await ask(tags)
    if (told.status === 304) {
      if (told.headers.etag === etag || tags === '*') continue
      found.push(finding('conditional', '304 without the ETag it is about'))
    } else if (isSame(told, answer)) found.push(finding('conditional', `no 304 for ${what}`))
  }
  const other = await ask('"nothing-of-ours"')
  if (other.status === 304) found.push(finding('conditional', '304 for a tag that nobody gave'))
  return found
}

/** The thing may have changed meanwhile; then 304 would be wrong. */
const isSame = (told: Answer, before: Answer) => isDeepStrictEqual(told.body, before.body)

export const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: [...request.headers.filter(([other]) => other !== name), [name, value]],
})
