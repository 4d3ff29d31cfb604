import { type JsonSchema, resolve } from '../document/schema.ts'
import type { Draft, Twist } from './draft.ts'
import { refused, refusedWith } from './expectations.ts'
import { setAt } from './places.ts'
import type { Sampling } from './sample-value.ts'

const tooLarge = 'x'.repeat(9_000_000)
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const lists = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const unread = [400, 413, 415, 422]

/** Bodies that are missing, or not what the route takes. */
export function bodyTwists({ draw, world }: Sampling, draft: Draft): Twist[] {
  const { body } = draft.operation
  if (!body) return bodilessTwists(draft)
  if (!body.contentType.includes('json')) return []
  const raw = (name: string, text: string, expects: Twist['expects']): Twist => ({
    name,
    place: 'body',
    apply: (one) => {
      one.raw.body = text
    },
    ...(expects && { expects }),
  })
  // Mistakes in fields are the likeliest, in clients and in servers.
  const fields = fieldTwists({ draw, world }, draft, body.schema)
  const twists = [
    raw('a body nested deeply', nested(3_000), refusedWith(unread, 'it is nested too deeply')),
    raw('lists nested deeply', lists(3_000), refusedWith(unread, 'it is nested too deeply')),
    raw('broken JSON', '{"text": ', refusedWith(unread, 'it is no JSON')),
    raw('a body that is no object', '"text"', refusedWith(unread, 'it is no object')),
    raw('null in place of a body', 'null', refusedWith(unread, 'it is no object')),
    raw('an empty body', '', refusedWith(unread, 'there is no body')),
    contentType(),
    brokenChunks(),
    ...fields,
    ...fields,
    ...fields,
  ]
  if (draw.chance(0.05)) {
    const expects = refusedWith([413], 'the body is larger than any may be')
    twists.push(raw('a body too large', JSON.stringify({ text: tooLarge }), expects))
  }
  return twists
}

const contentType = (): Twist => ({
  name: 'another content type',
  place: 'body',
  apply: (one) => {
    one.headers['content-type'] = 'application/xml'
  },
  expects: refusedWith([415], 'the content type is not one the route takes'),
})

const brokenChunks = (): Twist => ({
  name: 'a body of broken chunks',
  place: 'body',
  apply: (one) => {
    one.raw.isBroken = true
  },
  expects: refusedWith([400], 'the body is broken off'),
})

/** Many clients send `content-type: application/json` without a body. */
function bodilessTwists({ method }: Draft): Twist[] {
  if (method === 'GET') return []
  const empty: Twist = {
    name: 'an empty body that is said to be JSON',
    place: 'body',
    apply: (one) => {
      one.headers['content-type'] = 'application/json'
    },
  }
  return [empty]
}

function fieldTwists({ draw, world }: Sampling, draft: Draft, given: JsonSchema): Twist[] {
  const schema = resolve(given, world.document.schemas)
  const isStrict = !schema.additionalProperties && !schema.anyOf
  const unknown = [
    'constructor',
    '__proto__',
    'toString',
    'extra',
    'workspaceId',
    'version',
  ].filter((name) => !Object.hasOwn(schema.properties ?? {}, name))
  const field = draw.oneOf(unknown)
  const added: Twist = {
    name: 'an unknown field',
    place: `body ${field}`,
    apply: (one) => setAt(one.body, [field], draw.oneOf([1, 'x', { x: 1 }])),
    ...(isStrict && {
      expects: refusedWith(
        field === '__proto__' ? [422, 400] : [422],
        'the document knows no such field',
      ),
    }),
  }
  const required = schema.required?.filter((name) => Object.hasOwn(draft.body ?? {}, name)) ?? []
  if (required.length === 0) return [added]
  const gone = draw.oneOf(required)
  const missing: Twist = {
    name: 'a field that is missing',
    place: `body ${gone}`,
    apply: (one) => {
      // An earlier twist may have replaced the body.
      if (typeof one.body === 'object' && one.body !== null) Reflect.deleteProperty(one.body, gone)
    },
    expects: refused('the document demands the field'),
  }
  return [added, missing]
}
