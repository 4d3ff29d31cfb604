import type { Operation } from '../document/operation.ts'
import { fieldOf } from '../sending/http.ts'
import { textOf } from '../world/api.ts'
import type { World } from '../world/world.ts'

/** The path at which a change of this operation can be read; undefined where there is none. */
export function thingPath(
  { document }: Pick<World, 'document'>,
  { path }: Operation,
  params: Readonly<Record<string, string>>,
  answered?: unknown,
): string | undefined {
  const base = path.split('/').slice(0, 4)
  const template =
    base.length < 4 || !base[3]?.startsWith('{') ? singular(document, path) : base.join('/')
  const reads = document.operations.some((one) => one.method === 'GET' && one.path === template)
  if (!template || !reads) return undefined
  const id = params.id ?? idOf(answered)
  if (template.includes('{') && !id) return undefined
  return template.replace(/\{[^}]+\}/, encodeURIComponent(id ?? ''))
}

/** The thing itself where there is one of it in a workspace, else the path of one in the list. */
function singular({ operations }: World['document'], path: string): string | undefined {
  const list = path.split('/').slice(0, 3).join('/')
  const gets = operations.filter(({ method }) => method === 'GET').map((one) => one.path)
  const inList = gets.find((one) => one.startsWith(`${list}/{`) && one.split('/').length === 4)
  return inList ?? (gets.includes(list) ? list : undefined)
}

/** The id of what was made; some answers hold the thing beside others. */
export function idOf(answered: unknown): string | undefined {
  return textOf(shownIn(answered), 'id') || undefined
}

export function shownIn(answered: unknown): unknown {
  return fieldOf(answered, 'post') ?? fieldOf(answered, 'hold') ?? answered
}
