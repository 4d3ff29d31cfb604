import type { Operation } from '../document/operation.ts'
import { otherUnderSameTag, tagKey } from '../oracles/conditional-answers.ts'
import { fieldOf } from '../sending/http.ts'
import { call, itemsOf, textOf } from './api.ts'
import type { Caller } from './caller.ts'
import type { World } from './world.ts'

/** The entity tag that a change of this thing by this caller has to name; undefined where nobody we know can read it. */
export async function currentTag(
  world: World,
  { path }: Operation,
  params: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<string | undefined> {
  const { access, document } = world
  // The owner sees all of ours, and nothing of the other workspace.
  const reader = caller.workspace === 'other' ? caller : world.owner
  const one = `${path.split('/').slice(0, 4).join('/')}`
  const reads = document.operations.find(({ method, path: at }) => method === 'GET' && at === one)
  if (reads) {
    const at = one.replace(/\{([^}]+)\}/g, (_, name: string) => params[name] ?? '')
    const told = await call(access.url, reader, 'GET', at)
    otherUnderSameTag(world, tagKey(reader, at), told)
    return told.headers.etag
  }
  if (path === '/v1/workspace') {
    const { body } = await call(access.url, reader, 'GET', '/v1/me')
    return tagOf(fieldOf(body, 'workspace'))
  }
  const list = path.split('/').slice(0, 3).join('/')
  const { body } = await call(access.url, reader, 'GET', `${list}?limit=100`)
  return tagOf(itemsOf(body).find((item) => textOf(item, 'id') === params.id))
}

function tagOf(thing: unknown): string | undefined {
  const etag = fieldOf(thing, 'etag')
  if (typeof etag === 'string') return etag
  const version = fieldOf(thing, 'version')
  return version === undefined ? undefined : `"${version}"`
}
