import { faultInput } from '../../../fakes/faults.ts'
import type { Handler } from '../../../fakes/serve.ts'
import type { Network } from '../network.ts'
import { accountOf, commentOn, mentionAccount, messageTo } from '../people.ts'
import { RefusedRequest } from '../refused-request.ts'
import { commentInput, parseJson, wroteInput } from '../requests.ts'
import { messageView, postView } from '../views.ts'
import { json } from './accounts.ts'
import { postOf } from './posts.ts'

/** Test controls: injecting faults, and writing as other people. */
export const adminRoutes = (network: Network): Record<string, Handler> => ({
  'POST /admin/faults': async (request) => {
    const fault = parseJson(request, faultInput)
    if (fault.kind === 'revoke_tokens') {
      revokeTokens(network, fault)
      await network.settled()
    } else network.faults.add(fault)
    return json({ faults: network.faults.list() })
  },
  'GET /admin/faults': () => json({ faults: network.faults.list() }),
  'DELETE /admin/faults': () => {
    network.faults.clear()
    return { status: 204 }
  },

  'POST /admin/reset': async () => {
    await network.reset()
    return { status: 204 }
  },

  'POST /admin/mentions': async (request) => {
    const { handle, from, text, count } = parseJson(request, wroteInput)
    const made = times(count, () => mentionAccount(network, handle, from, text))
    await network.settled()
    return { status: 201, json: { items: made.map(postView) } }
  },

  'POST /admin/messages': async (request) => {
    const { handle, from, text, count } = parseJson(request, wroteInput)
    const made = times(count, () => messageTo(network, handle, from, text))
    await network.settled()
    return { status: 201, json: { items: made.map(messageView) } }
  },

  'POST /admin/comments': async (request) => {
    const { postId, handle, from, text, count } = parseJson(request, commentInput)
    const parent = postId === undefined ? latestPost(network, handle) : postOf(network, postId)
    const made = times(count, () => commentOn(network, parent, from, text))
    await network.settled()
    return { status: 201, json: { items: made.map(postView) } }
  },
})

/** Refuses the tokens of some accounts for a while, or until a new one is made by `POST /accounts`. */
function revokeTokens(
  network: Network,
  {
    rate,
    handle,
    forMs,
  }: { rate: number; handle?: string | undefined; forMs?: number | undefined },
) {
  const until = forMs === undefined ? null : network.now() + forMs
  for (const account of network.world.accounts.values()) {
    const isMeant = handle === undefined || handle === account.handle
    if (isMeant && (rate === 1 || Math.random() < rate))
      network.record({ t: 'revoke', handle: account.handle, until })
  }
}

function latestPost(network: Network, handle: string | undefined) {
  if (handle === undefined) throw new RefusedRequest(422, 'invalid', 'Name a postId or a handle.')
  accountOf(network, handle)
  const post = network.world.postsBy.get(handle)?.at(-1)
  if (!post) throw new RefusedRequest(404, 'not_found', `${handle} has no post yet.`)
  return post
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)
