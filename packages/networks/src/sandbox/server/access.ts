import type { Fault, FaultKind } from '../../fakes/faults.ts'
import type { FakeReply, Handler, Received } from '../../fakes/serve.ts'
import type { SandboxAccount } from './entries.ts'
import type { Network } from './network.ts'
import { tooMany } from './rate-limits.ts'
import { RefusedRequest } from './refused-request.ts'
import { keyFrom } from './requests.ts'
import { pause } from './webhooks.ts'

type AccountHandler = (
  request: Received,
  account: SandboxAccount,
  /** When the request arrived, before any fault delayed it. */
  cameAt: number,
) => FakeReply | Promise<FakeReply>

/** A request of an account: checks its token and applies the active faults. */
export const withAccount =
  (network: Network, handle: AccountHandler): Handler =>
  async (request) => {
    const cameAt = network.now()
    const account = authenticate(network, request)
    const slow = meets(network, 'latency', request, account, 2000)
    if (slow) await pause(slow.ms ?? 2000)
    const cut = meets(network, 'cut', request, account, 2000)
    if (cut) {
      request.cut()
      await pause(cut.ms ?? 2000)
    }
    const broken = meets(network, '5xx', request, account)
    if (broken)
      throw new RefusedRequest(
        broken.status ?? 503,
        'out_of_order',
        'Nothing was done. Try again later.',
      )
    const limited = meets(network, '429', request, account, 1000)
    if (limited) throw tooMany(limited.ms ?? 1000, account.rateLimit.limit)
    return handle(request, account, cameAt)
  }

/** A request that puts something on the network: it costs budget, and its reply can get lost. */
export const withBudget = (network: Network, handle: AccountHandler): Handler =>
  withAccount(network, async (request, account, cameAt) => {
    const headers = network.limits.take(account, network.now())
    const reply = await handle(request, account, cameAt)
    const spoiled = spoilers.find(([kind]) => meets(network, kind, request, account))
    await network.settled()
    if (spoiled) return spoiled[1]
    return { ...reply, headers: { ...headers, ...reply.headers } }
  })

/** What becomes of the reply to something that was done. */
const spoilers: [FaultKind, FakeReply][] = [
  ['drop_reply', { status: 0, drop: true }],
  ['bad_reply', { status: 200, body: '<html>gateway</html>' }],
  ['done_503', { status: 503, body: '<html>Service unavailable</html>' }],
]

/** Draws whether a fault affects the request, and records such a fault in the journal. */
export function meets(
  network: Network,
  kind: FaultKind,
  request: Received,
  { handle }: SandboxAccount,
  normalWaitMs = 0,
): Fault | null {
  const fault = network.faults.meets(kind, handle, request.url.pathname)
  if (!fault) return null
  network.record({
    t: 'fault',
    fault: {
      kind,
      handle,
      request: `${request.method} ${request.url.pathname}`,
      idempotencyKey: keyFrom(request),
      at: network.now(),
      waitMs: normalWaitMs === 0 ? 0 : (fault.ms ?? normalWaitMs),
    },
  })
  return fault
}

/** Finds the token's account; missing, expired, revoked and unknown tokens get different errors. */
function authenticate({ world, now }: Network, request: Received): SandboxAccount {
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (!bearer)
    throw new RefusedRequest(401, 'unauthenticated', 'Send Authorization: Bearer <token>.')
  const token = world.tokens.get(bearer)
  const account = token && world.accounts.get(token.handle)
  if (!token || !account)
    throw new RefusedRequest(401, 'token_revoked', 'This token is not valid any more.')
  const revokedUntil = world.revoked.get(token.handle)
  if (revokedUntil === null || (revokedUntil !== undefined && revokedUntil > now()))
    throw new RefusedRequest(401, 'token_revoked', 'This token was revoked.')
  if (token.expiresAt !== null && token.expiresAt <= now())
    throw new RefusedRequest(401, 'token_expired', 'This token has expired; refresh it.')
  return account
}
