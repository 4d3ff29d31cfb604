import { pathParameters, queryParameters } from '../document/operation.ts'
import { type Draft, pathOf, type Twist } from './draft.ts'
import { refusedOrMissing, refusedWith } from './expectations.ts'
import type { Sampling } from './sample-value.ts'

const unreadable = [400, 404, 414, 422, 431]

/** What can be wrong with the address and the method, on every route. */
export function requestTwists({ draw, world }: Sampling, draft: Draft): Twist[] {
  const { path } = draft.operation
  const known = world.document.operations
    .filter((one) => one.path === path)
    .map((one) => one.method)
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !known.includes(one))
  const twists: Twist[] = [...paths(draft), ...queries({ draw, world }, draft)]
  if (
    methods.length > 0 &&
    !isShared(
      path,
      world.document.operations.map((one) => one.path),
    )
  ) {
    const method = draw.oneOf(methods)
    twists.push({
      name: 'another method',
      place: 'method',
      apply: (one) => {
        one.method = method
      },
      expects: (answer) =>
        answer.status === 405
          ? undefined
          : 'not refused with 405, though the path takes other methods',
    })
  }
  const strange = draw.oneOf(['PROPFIND', 'TRACE', 'FOO', 'QUERY'])
  twists.push({
    name: 'an unknown method',
    place: 'method',
    apply: (one) => {
      one.method = strange
      one.body = undefined
    },
  })
  return twists
}

/** Whether another path of the document takes the same addresses. */
const isShared = (path: string, all: readonly string[]) =>
  all.some((other) => {
    const [mine, theirs] = [path.split('/'), other.split('/')]
    return (
      other !== path &&
      mine.length === theirs.length &&
      mine.every(
        (part, at) => part === theirs[at] || part.startsWith('{') || theirs[at]?.startsWith('{'),
      )
    )
  })

function paths(draft: Draft): Twist[] {
  const raw = (name: string, path: string, expects: Twist['expects']): Twist => ({
    name,
    place: 'path',
    apply: (one) => {
      one.raw.path = path
    },
    ...(expects && { expects }),
  })
  const path = pathOf(draft)
  const refusal = (why: string) => refusedOrMissing(unreadable, why)
  const [parameter] = pathParameters(draft.operation)
  const twists = [
    raw('a path with a slash at its end', `${path}/`, undefined),
    raw('a path in capitals', path.toUpperCase(), undefined),
    raw('a path with two slashes', path.replace('/v1/', '/v1//'), undefined),
  ]
  if (!parameter) return twists
  const value = encodeURIComponent(draft.params[parameter.name] ?? '')
  const put = (text: string) => path.replace(value, text)
  return [
    ...twists,
    raw('a path whose percent sign is broken', put('%zz'), refusal('the path cannot be read')),
    raw('a path of half a character', put('%ED%A0%80'), refusal('the path cannot be read')),
    raw('a path with a NUL', put('a%00b'), refusal('the path cannot be read')),
    raw('a path parameter too long', put('x'.repeat(150)), refusal('no id is that long')),
    raw('a path that climbs', put('..%2f..%2fme'), refusal('no id has slashes')),
  ]
}

function queries({ draw, world }: Sampling, draft: Draft): Twist[] {
  const add = (name: string, pairs: Draft['query'], expects?: Twist['expects']): Twist => ({
    name,
    place: 'query',
    apply: (one) => {
      one.query = [...one.query, ...pairs]
    },
    ...(expects && { expects }),
  })
  const known = queryParameters(draft.operation)
  const unknown = draw.oneOf(['foo', 'constructor', '__proto__', 'Limit', 'state[]', 'offset'])
  const refused = refusedWith([400, 422], 'the document knows no such query parameter')
  const long = 'x'.repeat(20_000)
  const twists = [
    add('an unknown query parameter', [[unknown, '1']], refused),
    add('a very long query', [['q', long]], refusedWith([400, 414, 422, 431], 'it is too long')),
  ]
  if (known.length === 0) return twists
  const { name } = draw.oneOf(known)
  const value = name === 'limit' ? '5' : (world.cursors.get(draft.operation.id) ?? 'x')
  const twice: Draft['query'] = [
    [name, value],
    [name, value],
  ]
  const expects = refusedWith([400, 422], 'the query names a parameter twice')
  return [...twists, { ...add('a query parameter twice', twice, expects), place: `query ${name}` }]
}
