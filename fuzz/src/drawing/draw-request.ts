import type { Operation } from '../document/operation.ts'
import { pathParameters, takesHeader } from '../document/operation.ts'
import type { Caller } from '../world/caller.ts'
import { currentTag } from '../world/current-tag.ts'
import { freshThing, isThrownAway } from '../world/fresh-things.ts'
import { sandboxInput } from '../world/make-channels.ts'
import type { World } from '../world/world.ts'
import { bodyTwists } from './body-twists.ts'
import type { Draft, Drawn, Twist } from './draft.ts'
import { type Draw, drawOf } from './draw.ts'
import { headerTwists } from './header-twists.ts'
import { pathValue } from './path-values.ts'
import { placesOf } from './places.ts'
import { requestTwists } from './request-twists.ts'
import { sampleValue } from './sample-value.ts'
import { strangeValues } from './value-twists.ts'

/** How often each caller is drawn, by name; one that is not named has the weight 1. */
const weights: Readonly<Record<string, number>> = {
  'owner key': 10,
  owner: 5,
  'manager kept to a channel': 7,
  'key kept to a channel': 5,
  manager: 3,
  stranger: 2,
}

/** Draws the request with this number from the seed, about things that exist. */
export async function drawRequest(world: World, seed: number, number: number): Promise<Drawn> {
  const draw = drawOf(seed, number)
  const operation = drawOperation(draw, world)
  const caller = draw.oneOf(
    world.callers.flatMap((one) => Array<Caller>(weights[one.name] ?? 1).fill(one)),
  )
  const base = await drawBase(draw, world, operation, caller, `${seed}-${number}-${world.lane}`)
  const count = draw.oneOf([0, 0, 1, 1, 1, 2])
  const twists: Twist[] = []
  for (let at = 0; at < count; at++) twists.push(drawTwist(draw, world, base))
  return { base, twists }
}

function drawOperation(draw: Draw, { document }: World): Operation {
  const often = document.operations.filter(({ method }) => method !== 'GET')
  return draw.oneOf(draw.chance(0.35) ? often : document.operations)
}

async function drawBase(
  draw: Draw,
  world: World,
  operation: Operation,
  caller: Caller,
  key: string,
): Promise<Draft> {
  const params: Record<string, string> = {}
  for (const parameter of pathParameters(operation)) {
    params[parameter.name] = pathValue({ draw, world }, operation, parameter, caller)
  }
  if (isThrownAway(operation)) {
    const made = await freshThing(world, operation, params)
    Object.assign(params, made.params)
  }
  const query = operation.parameters
    .filter((one) => one.in === 'query' && one.name !== 'cursor')
    .filter((one) => draw.chance(one.required ? 1 : 0.1))
    .map(({ name, schema }): [string, string] => {
      return [name, String(sampleValue({ draw, world, operationId: operation.id }, schema, name))]
    })
  const draft: Draft = {
    operation,
    caller,
    method: operation.method,
    params,
    query,
    headers: { 'x-forwarded-for': `10.200.${draw.whole(0, 255)}.${draw.whole(0, 255)}` },
    body: await drawBody(draw, world, operation),
    raw: operation.body?.contentType.startsWith('multipart') ? { form: 'کوه' } : {},
  }
  if (takesHeader(operation, 'idempotency-key') || (draw.chance(0.3) && draft.method === 'POST')) {
    draft.headers['idempotency-key'] = `fuzz-${key}`
  }
  if (takesHeader(operation, 'if-match')) {
    draft.headers['if-match'] = (await currentTag(world, operation, params, caller)) ?? '"1"'
  }
  return draft
}

async function drawBody(draw: Draw, world: World, { body, id }: Operation): Promise<unknown> {
  if (!body?.contentType.includes('json')) return undefined
  const value = sampleValue({ draw, world }, body.schema)
  const handle = draw.oneOf(world.handles)
  const isSandbox = typeof value === 'object' && value !== null && 'fields' in value
  const { sandboxUrl } = world.access
  if (id === 'connectChannel' && isSandbox && sandboxUrl) return sandboxInput(sandboxUrl, handle)
  return value
}

function drawTwist(draw: Draw, world: World, base: Draft): Twist {
  const { operation, caller } = base
  const sampling = { draw, world, operationId: operation.id, caller }
  const kind = draw.whole(0, 9)
  const places = placesOf(base, world.document.schemas)
  if (kind < 5 && places.length > 0) {
    const place = draw.oneOf(places)
    const values = strangeValues(sampling, place.schema, place.name, place.in)
    const { name, value, expects } = draw.oneOf(values)
    return {
      name,
      place: place.label,
      apply: (one) => place.set(one, value),
      ...(expects && { expects }),
    }
  }
  const body = kind < 7 ? bodyTwists(sampling, base) : []
  if (body.length > 0) return draw.oneOf(body)
  const isConditional = takesHeader(operation, 'if-match')
  const isHeader = kind >= 8 || (kind === 7 && isConditional)
  const asks = isHeader ? headerTwists : requestTwists
  return draw.oneOf(asks(sampling, base))
}
