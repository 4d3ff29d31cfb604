import { type ProblemCode, problemKinds, problems } from '@hamava/contracts'
import type { OpenAPIObject } from '@nestjs/swagger'
import { ownRefusals } from '../http/route.ts'

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>

const ofAll: ProblemCode[] = [
  'malformed_request',
  'invalid_input',
  'rate_limited',
  'headers_too_large',
  'request_timeout',
  'internal',
  'unavailable',
]

/** Names in each operation every code that it may refuse with. */
export function describeRefusals(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      const codes = codesOf(method, path, operation)
      Object.assign(operation, { [ownRefusals]: codes })
      Object.assign(operation.responses.default ?? {}, { description: sentenceOf(codes) })
    }
  }
}

function codesOf(method: string, path: string, operation: Operation): ProblemCode[] {
  const { parameters = [], requestBody, security = [] } = operation
  const permission = (operation as { 'x-permission'?: string })['x-permission'] ?? ''
  const own = (operation as { [ownRefusals]?: ProblemCode[] })[ownRefusals] ?? []
  const takes = (name: string) => parameters.some((one) => 'name' in one && one.name === name)
  const needsKey = parameters.some(
    (one) => 'name' in one && one.name === 'Idempotency-Key' && one.required,
  )
  const isGuarded = security.length > 0
  const mayRepeat = isGuarded && ['post', 'patch'].includes(method)
  const when = (is: boolean, ...codes: ProblemCode[]) => (is ? codes : [])
  return [
    ...new Set([
      ...ofAll,
      ...when(isGuarded, 'unauthenticated'),
      ...when(isGuarded && method !== 'get', 'csrf_failed'),
      ...when(permission.includes(':'), 'forbidden'),
      ...when(permission === 'person', 'people_only'),
      ...when(path.includes('{'), 'not_found'),
      ...when(takes('cursor'), 'bad_cursor'),
      ...when(method === 'get', 'reply_too_large'),
      ...when(method !== 'get', 'body_too_large', 'unsupported_media_type'),
      ...when(takes('If-Match'), 'if_match_required', 'stale'),
      ...when(needsKey, 'idempotency_key_required'),
      ...when(mayRepeat, 'idempotency_key_reused', 'idempotency_in_flight'),
      ...when(requestBody !== undefined, 'body_too_large'),
      ...own,
      ...when(own.includes('channel_forbidden'), 'all_channels_needed'),
    ]),
  ].sort()
}

/** `403 forbidden, csrf_failed · 404 not_found` … */
function sentenceOf(codes: ProblemCode[]): string {
  const byStatus = Map.groupBy(codes, (code) => problemKinds[problems[code].kind])
  const statuses = [...byStatus].sort(([one], [other]) => one - other)
  return `A problem: ${statuses.map(([status, of]) => `${status} ${of.join(', ')}`).join(' · ')}`
}
