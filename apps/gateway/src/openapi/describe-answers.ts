import type { OpenAPIObject } from '@nestjs/swagger'

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>
interface Schema {
  $ref?: string
  properties?: Record<string, unknown>
}

const text = (description: string) => ({ description, schema: { type: 'string' } as const })

/** Headers of answers, described once. */
const headers = {
  traceparent: text('The trace of the request (W3C Trace Context), to find it in the logs'),
  'RateLimit-Policy': text('How many requests a minute the caller has'),
  RateLimit: text('How many of them are left, and for how many seconds'),
  ETag: text(
    'The version of what is said, and what tells everything that is shown: "<version>.<shown>"',
  ),
  'Retry-After': text('With 429 and 503: in how many seconds to try again'),
  Allow: text('With 405: the methods that there are'),
  'WWW-Authenticate': text('With 401: how to say who you are'),
  'Idempotency-Replayed': text('`true` when the answer is the one that was given first'),
}
type Name = keyof typeof headers

const refer = (...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

const ofAll = refer('traceparent', 'RateLimit-Policy', 'RateLimit')
const etag = refer('ETag')
const ofRefusals = refer('ETag', 'Retry-After', 'Allow', 'WWW-Authenticate')

/** Adds to each operation the headers of its answers, and 304 where a reader may have what is shown already. */
export function describeAnswers(document: OpenAPIObject): void {
  Object.assign(document.components ?? {}, { headers })
  for (const item of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (!response || '$ref' in response) continue
        const isVersioned = status !== 'default' && hasVersion(document, response)
        const own = status === 'default' ? ofRefusals : { ...(isVersioned && etag) }
        const isRepeatable = status !== 'default' && hasKey(operation)
        const replayed = isRepeatable ? refer('Idempotency-Replayed') : {}
        response.headers = { ...response.headers, ...ofAll, ...own, ...replayed }
        if (isVersioned && method === 'get') addNotModified(operation)
      }
    }
  }
}

function addNotModified(operation: Operation): void {
  operation.responses[304] = {
    description: 'What is shown is what the reader has: one of the tags of `If-None-Match`',
    headers: { ...ofAll, ...etag },
  }
  operation.parameters = [
    ...(operation.parameters ?? []),
    { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } },
  ]
}

const hasKey = ({ parameters = [] }: Operation) =>
  parameters.some((one) => 'name' in one && one.name === 'Idempotency-Key')

/** Whether an answer has a version: its own, or that of the post it tells of. */
function hasVersion(document: OpenAPIObject, response: object): boolean {
  const { content = {} } = response as { content?: Record<string, { schema?: Schema }> }
  const resolved = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref
      ? (document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] as Schema | undefined)
      : schema
  const shown = resolved(content['application/json']?.schema)?.properties ?? {}
  return 'version' in shown || 'version' in (resolved(shown.post as Schema)?.properties ?? {})
}
