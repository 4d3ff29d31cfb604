import { isDeepStrictEqual } from 'node:util'
import { takesHeader } from '../document/operation.ts'
import { render } from '../drawing/draft.ts'
import { drawOf } from '../drawing/draw.ts'
import { sampleValue } from '../drawing/sample-value.ts'
import { fieldOf, type HttpRequest, isAccepted } from '../sending/http.ts'
import { send } from '../sending/send.ts'
import { call, itemsOf, textOf } from '../world/api.ts'
import { type Asking, type Exchange, type Finding, finding } from './oracle.ts'
import { idOf } from './reading.ts'

/** Sent again with its key, a request is answered as before and done once. */
export const replays: Asking = async (exchange) => {
  const { answer, draft, request, world } = exchange
  const isKeyed = takesHeader(draft.operation, 'idempotency-key') && hasKey(request)
  if (!isAccepted(answer) || !isKeyed) return []
  const before = await listed(exchange)
  const again = await send(world.access.url, request)
  const shownBy = { request, answer: again }
  const found: Finding[] = []
  const say = (what: string, by = shownBy) =>
    found.push({ ...finding('replays', what), shownBy: by })
  if (again.status !== answer.status) say(`the same request again is answered with ${again.status}`)
  else if (!isDeepStrictEqual(again.body, answer.body))
    say('the same request again is answered otherwise')
  else if (again.headers['idempotency-replayed'] !== 'true')
    say('a replay does not say that it is one')
  if (before !== undefined && !isDeepStrictEqual(before, await listed(exchange))) {
    say('the same request again does it again')
  }
  const other = otherBody(exchange)
  if (other) {
    const refusal = await send(world.access.url, other)
    if (refusal.status !== 422) {
      say('another request with the same key is not refused with 422', {
        request: other,
        answer: refusal,
      })
    }
  }
  return found
}

/** The same request sent twice at the same time is done once. */
export const sideBySide: Asking = async ({ answer, draft, world, number }) => {
  const isMaking = draft.method === 'POST' && answer.status === 201
  if (!isMaking || !takesHeader(draft.operation, 'idempotency-key')) return []
  const headers = { ...draft.headers, 'idempotency-key': `twice-${world.handles[0]}-${number}` }
  const request = render({ ...draft, headers })
  const both = await Promise.all([1, 2, 3].map(() => send(world.access.url, request)))
  const ids = new Set(both.filter(isAccepted).map(({ body }) => idOf(body)))
  const shownBy = both[0] && { request, answer: both[0] }
  return ids.size > 1
    ? [
        {
          ...finding('replays', 'asked twice at once, it is done twice'),
          ...(shownBy && { shownBy }),
        },
      ]
    : []
}

const hasKey = ({ headers }: HttpRequest) => headers.some(([name]) => name === 'idempotency-key')

/** The newest items of the list that the operation adds to. */
async function listed({ draft, world }: Exchange): Promise<string[] | undefined> {
  const { path } = draft.operation
  const { document, access, owner } = world
  const isList = document.operations.some((one) => one.method === 'GET' && one.path === path)
  if (!isList || draft.method !== 'POST' || draft.caller.workspace !== 'ours') return undefined
  const { body } = await call(access.url, owner, 'GET', `${path}?limit=10`)
  return itemsOf(body).map((item) => textOf(item, 'id'))
}

function otherBody({ draft, request, world, number }: Exchange): HttpRequest | undefined {
  const { body } = draft.operation
  if (!body?.contentType.includes('json') || draft.raw.body !== undefined) return undefined
  const sampled = sampleValue({ draw: drawOf(number, 77), world }, body.schema)
  const text = fieldOf(draft.body, 'text')
  const other = typeof text === 'string' ? { ...(draft.body as object), text: `${text}!` } : sampled
  if (isDeepStrictEqual(other, draft.body)) return undefined
  return { ...request, body: JSON.stringify(other) }
}
