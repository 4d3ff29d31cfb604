import fc from 'fast-check'
import { isNullable, type JsonSchema, resolve, typeOf } from '../document/schema.ts'
import type { Caller } from '../world/caller.ts'
import { prefixOfPattern } from '../world/ids.ts'
import type { World } from '../world/world.ts'
import type { Draw } from './draw.ts'
import { futureInstant } from './instants.ts'

const deepest = 6
const words = ['سلام', 'hello', 'فردا ساعت ۹', '🙂', 'a b', 'نیم‌فاصله', 'x']
const zones = ['Asia/Tehran', 'UTC', 'Europe/Berlin', 'America/New_York']

export interface Sampling {
  readonly draw: Draw
  readonly world: World
  /** The operation that the value is for, where that matters. */
  readonly operationId?: string
  readonly caller?: Caller
}

/** A value that the schema allows; ids and names are of things that exist. */
export function sampleValue(
  { draw, world }: Sampling,
  given: JsonSchema,
  name = '',
  depth = 0,
): unknown {
  const schema = resolve(given, world.document.schemas)
  const inner = (one: JsonSchema, key: string) => sampleValue({ draw, world }, one, key, depth + 1)
  const union = schema.anyOf ?? schema.oneOf
  if (union) return inner(draw.oneOf(union), name)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return draw.oneOf(schema.enum)
  if (isNullable(schema) && draw.chance(0.3)) return null
  switch (typeOf(schema)) {
    case 'object':
      return sampleObject({ draw, world }, schema, depth, inner)
    case 'array':
      return sampleList(draw, schema, depth, () => inner(schema.items ?? {}, name))
    case 'integer':
    case 'number':
      return sampleNumber(draw, schema)
    case 'boolean':
      return draw.chance(0.5)
    case 'null':
      return null
    case 'string':
      return sampleText({ draw, world }, schema, name)
    default:
      return draw.oneOf<unknown>([1, 'x', true, null])
  }
}

function sampleObject(
  { draw, world }: Sampling,
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  depth: number,
  inner: (schema: JsonSchema, name: string) => unknown,
): object {
  const object: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(properties)) {
    const isWanted =
      required.includes(key) || (depth < deepest && draw.chance(depth > 1 ? 0.2 : 0.4))
    if (isWanted) object[key] = inner(schema, key)
  }
  const isOpen = typeof additionalProperties === 'object' && Object.keys(properties).length === 0
  if (isOpen && draw.chance(0.5)) object[draw.oneOf(['url', 'token', 'instance'])] = 'x'
  // A pair that belongs together.
  if ('network' in object && world.networks.includes('sandbox') && draw.chance(0.5)) {
    object.network = 'sandbox'
  }
  return object
}

function sampleList(
  draw: Draw,
  { minItems = 0, maxItems = 3 }: JsonSchema,
  depth: number,
  one: () => unknown,
): unknown[] {
  const length = Math.min(maxItems, Math.max(minItems, depth > 3 ? 0 : draw.whole(0, 2)))
  const list = Array.from({ length }, one)
  const seen = new Set<string>()
  return list.filter((item) => {
    const text = JSON.stringify(item)
    return seen.has(text) ? false : seen.add(text)
  })
}

function sampleNumber(draw: Draw, { minimum = 0, maximum = 1_000 }: JsonSchema): number {
  return draw.any(fc.integer({ min: Math.max(minimum, -1e9), max: Math.min(maximum, 1e9) }))
}

function sampleText({ draw, world }: Sampling, schema: JsonSchema, name: string): string {
  const prefix = prefixOfPattern(schema.pattern)
  if (prefix) return world.ours.pick(draw, prefix) ?? `${prefix}_01k00000000000000000000000`
  if (schema.format === 'date-time') return futureInstant(draw)
  if (schema.format === 'email') return `f${draw.whole(0, 2 ** 31)}.${world.handles[0]}@example.org`
  if (schema.format === 'uri') return `https://example.org/${draw.whole(0, 999)}`
  if (name === 'zone') return draw.oneOf(zones)
  if (name === 'local') return futureInstant(draw).slice(0, 16)
  if (name === 'network') return draw.oneOf(world.networks)
  const { minLength = 0, maxLength = 60 } = schema
  const wanted = draw.whole(0, 9)
  if (wanted === 0) return 'x'.repeat(Math.max(minLength, Math.min(maxLength, 5_000)))
  if (wanted === 1) return 'ی'.repeat(Math.max(1, minLength))
  const text = Array.from({ length: draw.whole(1, 4) }, () => draw.oneOf(words)).join(' ')
  const more = draw.any(fc.string({ unit: 'grapheme', maxLength: 8 })).replaceAll(/\p{C}/gu, '')
  return `${text} ${more}`.trim().padEnd(minLength, '.').slice(0, maxLength).toWellFormed().trim()
}
