import type { Operation, Parameter } from '../document/operation.ts'
import { resolve } from '../document/schema.ts'
import type { Caller } from '../world/caller.ts'
import { type Sampling, sampleValue } from './sample-value.ts'

/** The kind of id that a path takes, by the part before it. */
const kinds: Readonly<Record<string, string>> = {
  workspaces: 'ws',
  members: 'mem',
  'api-keys': 'key',
  channels: 'ch',
  assets: 'ast',
  posts: 'post',
  publications: 'pub',
  holds: 'hold',
  conversations: 'conv',
  messages: 'msg',
}

/**
 * Mostly the id of something that exists; often the caller itself or what it may touch, as bugs in rights show there.
 */
export function pathValue(
  { draw, world }: Sampling,
  { path }: Operation,
  { name, schema }: Parameter,
  caller: Caller,
): string {
  const resolved = resolve(schema, world.document.schemas)
  if (resolved.enum) return String(draw.oneOf(resolved.enum))
  const parts = path.split('/')
  const prefix = kinds[parts[parts.indexOf(`{${name}}`) - 1] ?? '']
  if (!prefix) return String(sampleValue({ draw, world }, schema, name) || 'x')
  const own = prefix === 'mem' ? caller.memberId : prefix === 'ch' ? caller.channelIds?.[0] : null
  const isOwn = draw.chance(0.4)
  const foreign = world.foreign.pick(draw, prefix)
  const isForeign = draw.chance(0.06)
  const known = world.ours.pick(draw, prefix)
  if (own && isOwn) return own
  if (foreign && (isForeign || caller.workspace === 'other')) return foreign
  return known ?? `${prefix}_01jzzzzzzzzzzzzzzzzzzzzzzz`
}
