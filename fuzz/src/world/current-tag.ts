import type { Operation } from '../document/operation.ts'
import { otherUnderSameTag, tagKey } from '../oracles/conditional-answers.ts'
import { fieldOf } from '../sending/http.ts'
import { call, itemsOf, textOf } from './api.ts'
import type { World } from './world.ts'

/** The entity tag that a change of this thing has to name. */
export async function currentTag(
  world: World,
  { path }: Operation,
  params: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { access, owner, document } = world
  const one = `${path.split('/').slice(0, 4).join('/')}`
  const reads = document.operations.find(({ method, path: at }) => method === 'GET' && at === one)
  if (reads) {
    const at = one.replace(/\{([^}]+)\}/g, (_, name: string) => params[name] ?? '')
    const told = await call(access.url, owner, 'GET', at)
    otherUnderSameTag(world, tagKey(owner, at), told)
    return told.headers.etag
  }
  if (path === '/v1/workspace') {
    const { body } = await call(access.url, owner, 'GET', '/v1/me')
    return tagOf(fieldOf(body, 'workspace'))
  }
  const list = path.split('/').slice(0, 3).join('/')
  const { body } = await call(access.url, owner, 'GET', `${list}?limit=100`)
  return tagOf(itemsOf(body).find((item) => textOf(item, 'id') === params.id))
}

function tagOf(thing: unknown): string | undefined {
  const etag = fieldOf(thing, 'etag')
  if (typeof etag === 'string') return etag
  const version = fieldOf(thing, 'version')
  return version === undefined ? undefined : `"${version}"`
}
