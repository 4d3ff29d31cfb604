import type { FakeReply, Handler, Received } from '../../../fakes/serve.ts'
import { withAccount, withBudget } from '../access.ts'
import type { DirectMessage, SandboxAccount } from '../entries.ts'
import type { Network } from '../network.ts'
import { RefusedRequest } from '../refused-request.ts'
import { keyFrom, messageInput, numberParam, parseJson } from '../requests.ts'
import { eventView, messageView } from '../views.ts'
import { keyOf } from '../world.ts'
import { json } from './accounts.ts'
import { honoured, sinceOf } from './posts.ts'

/** Direct messages, and the inbox where everything arrives in one order. */
export const messageRoutes = (network: Network): Record<string, Handler> => ({
  'POST /messages': withBudget(network, (request, account, cameAt) =>
    sendMessage(network, request, account, cameAt),
  ),

  /** What an account wrote to somebody, newest first, as far as it may read back. */
  'GET /messages': withAccount(network, async (request, account) => {
    if (account.keyed === 'none')
      throw new RefusedRequest(
        403,
        'read_back_unsupported',
        'This account cannot read its posts back.',
      )
    await network.settled()
    const since = sinceOf(request)
    const to = request.url.searchParams.get('to')
    const written = (network.world.messages.get(account.handle) ?? []).filter(
      ({ fromAccount, person, createdAt }) =>
        fromAccount && person.handle === to && createdAt >= since,
    )
    return json({ items: written.slice(-1000).reverse().map(messageView) })
  }),

  'GET /inbox': withAccount(network, async (request, { handle }) => {
    await network.settled()
    const events = network.world.inbox.get(handle) ?? []
    const after = numberParam(request, 'after', 0, Number.MAX_SAFE_INTEGER)
    // A position beyond `seq` is from before the network's data was lost: begin again.
    const start = after > network.world.seq ? 0 : firstAfter(events, after)
    const page = events.slice(start, start + numberParam(request, 'limit', 100, 500))
    return json({
      items: page.map(eventView),
      cursor: page.at(-1)?.seq ?? Math.min(after, network.world.seq),
    })
  }),

  /** All direct messages of an account, newest first, with the keys: for audits. */
  'GET /accounts/:handle/messages': async ({ params }) => {
    await network.settled()
    const messages = [...(network.world.messages.get(params.handle ?? '') ?? [])].reverse()
    return json(
      messages.map((message) => ({
        ...messageView(message),
        idempotencyKey: message.idempotencyKey,
      })),
    )
  },
})

function sendMessage(
  network: Network,
  request: Received,
  account: SandboxAccount,
  cameAt: number,
): FakeReply {
  const { to, text } = parseJson(request, messageInput)
  const idempotencyKey = keyFrom(request)
  const before = honoured(network, account, idempotencyKey, cameAt)
  if (before) {
    if (!('person' in before) || before.text !== text || before.person.handle !== to)
      throw new RefusedRequest(
        422,
        'idempotency_key_reused',
        'This key was used for another message.',
      )
    return { status: 200, headers: { 'idempotent-replayed': 'true' }, json: messageView(before) }
  }
  const person = network.world.people.get(keyOf(account.handle, to))
  if (!person)
    throw new RefusedRequest(403, 'not_in_conversation', `${to} has not written to this account.`)
  const message: DirectMessage = {
    id: network.world.newId('m'),
    account: account.handle,
    person,
    fromAccount: true,
    text,
    idempotencyKey,
    createdAt: network.now(),
  }
  network.record({ t: 'message', message })
  return { status: 201, json: messageView(message) }
}

/** The first event behind a position; events are in order. */
function firstAfter(events: { seq: number }[], after: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.seq ?? 0) <= after) low = middle + 1
    else high = middle
  }
  return low
}
