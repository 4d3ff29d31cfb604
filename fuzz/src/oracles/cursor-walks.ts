import { drawOf } from '../drawing/draw.ts'
import { sampleValue } from '../drawing/sample-value.ts'
import { fieldOf, isAccepted } from '../sending/http.ts'
import { call, itemsOf, textOf } from '../world/api.ts'
import { type Asking, type Exchange, type Finding, finding } from './oracle.ts'

const mostPages = 60
const firstItems = 100

/** Page by page a list shows every item once, whatever is added meanwhile. */
export const cursorWalks: Asking = async (exchange) => {
  const { answer, draft, world, number } = exchange
  const { operation, caller } = draft
  const isList = operation.method === 'GET' && Array.isArray(fieldOf(answer.body, 'items'))
  const hasCursor = operation.parameters.some(({ name }) => name === 'cursor')
  if (!isList || !hasCursor || answer.status !== 200 || draft.raw.path) return []
  const address = pathOf(exchange)
  const read = async (query: string) => {
    const page = await call(world.access.url, caller, 'GET', `${address}${query}`)
    return isAccepted(page) ? page.body : undefined
  }
  const before = keysOf(await read(`limit=${firstItems}`))
  if (before.length < 2) return []
  const size = Math.ceil(before.length / drawOf(number, 3).whole(2, 7))
  const told: string[] = []
  let isLarger = false
  let cursor = ''
  let pages = 0
  do {
    const page = await read(`limit=${size}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    if (page === undefined) return [finding('cursors', 'its own cursor is refused')]
    const keys = keysOf(page)
    told.push(...keys)
    if (keys.length > size) isLarger = true
    cursor = textOf(page, 'nextCursor')
    if (pages++ === 0) await insert(exchange)
  } while (cursor && pages < mostPages)
  const after = new Set(keysOf(await read(`limit=${firstItems}`)))
  const larger = isLarger ? [finding('limits', 'a page with more items than asked for')] : []
  return [...larger, ...judge(told, before, after, cursor === '')]
}

function judge(
  told: readonly string[],
  before: readonly string[],
  after: ReadonlySet<string>,
  isWhole: boolean,
): Finding[] {
  const seen = new Set(told)
  if (seen.size < told.length) return [finding('cursors', 'a walk tells of one thing twice')]
  const throughout = before.filter((key) => after.has(key))
  const reached = isWhole ? throughout : throughout.slice(0, told.length - firstItems)
  const missed = reached.filter((key) => !seen.has(key))
  return missed.length > 0 ? [finding('cursors', 'a walk leaves something out', missed[0])] : []
}

const keysOf = (page: unknown): string[] =>
  itemsOf(page).map((item) => textOf(item, 'id') || JSON.stringify(item))

/** The same list from its beginning; mostly the whole of it, as there is more to leave out. */
function pathOf({ request, draft, number }: Exchange): string {
  const [path = '', query = ''] = request.path.split('?')
  const required = draft.operation.parameters.filter((one) => one.required).map(({ name }) => name)
  const isKept = (name = '') =>
    number % 4 === 0 ? !['', 'cursor', 'limit'].includes(name) : required.includes(name)
  const kept = query.split('&').filter((pair) => isKept(pair.split('=')[0]))
  return `${path}?${kept.map((pair) => `${pair}&`).join('')}`
}

/** Something new in the list, where the document says how. */
async function insert({ draft, world, number }: Exchange): Promise<void> {
  const { path } = draft.operation
  const makes = world.document.operations.find((one) => one.method === 'POST' && one.path === path)
  if (!makes?.body?.contentType.includes('json') || path === '/v1/channels') return
  const body = sampleValue({ draw: drawOf(number, 5), world }, makes.body.schema)
  await call(world.access.url, world.owner, 'POST', path, body)
}
