import type { FakeReply, Handler } from '../../../fakes/serve.ts'
import { withAccount } from '../access.ts'
import type { SandboxAccount, Token } from '../entries.ts'
import { accountMetrics } from '../growth.ts'
import type { Network } from '../network.ts'
import { RefusedRequest } from '../refused-request.ts'
import { accountInput, parseJson, refreshInput, webhookInput } from '../requests.ts'

const defaults = {
  keyed: 'key',
  rateLimit: { limit: 100_000, windowMs: 60_000 },
  tokenTtlMs: null,
} as const

/** Making accounts, and what an account may know and set about itself. */
export const accountRoutes = (network: Network): Record<string, Handler> => ({
  'POST /accounts': async (request) => {
    const { world } = network
    const input = parseJson(request, accountInput)
    const before = world.accounts.get(input.handle)
    const account: SandboxAccount = {
      handle: input.handle,
      name: input.name ?? before?.name ?? input.handle,
      keyed: input.keyed ?? before?.keyed ?? defaults.keyed,
      rateLimit: input.rateLimit ?? before?.rateLimit ?? defaults.rateLimit,
      tokenTtlMs: input.tokenTtlMs === undefined ? (before?.tokenTtlMs ?? null) : input.tokenTtlMs,
      createdAt: before?.createdAt ?? network.now(),
    }
    if (JSON.stringify(before) !== JSON.stringify(account))
      network.record({ t: 'account', account })
    const token = usableToken(network, account) ?? network.issueToken(account)
    await network.settled()
    return { status: before ? 200 : 201, json: { ...accountView(account), ...tokenView(token) } }
  },

  'POST /token/refresh': async (request) => {
    const { refreshToken } = parseJson(request, refreshInput)
    const token = network.world.refreshTokens.get(refreshToken)
    const account = token && network.world.accounts.get(token.handle)
    if (!account || isRevoked(network, account.handle))
      throw new RefusedRequest(
        401,
        'token_revoked',
        'This refresh token was used before, or revoked.',
      )
    const fresh = network.issueToken(account)
    await network.settled()
    return { status: 200, json: tokenView(fresh) }
  },

  'GET /accounts': async () => {
    await network.settled()
    return json([...network.world.accounts.values()].map(accountView))
  },

  'GET /me': withAccount(network, (_, account) => {
    const expiresAt = network.world.tokenOf.get(account.handle)?.expiresAt ?? null
    return json({ ...accountView(account), expiresAt: instant(expiresAt) })
  }),

  'GET /metrics/account': withAccount(network, (_, account) =>
    json(
      accountMetrics(
        account,
        network.world.postsBy.get(account.handle)?.length ?? 0,
        network.now(),
      ),
    ),
  ),

  'PUT /webhook': withAccount(network, async (request, { handle }) => {
    const webhook = { handle, ...parseJson(request, webhookInput) }
    network.record({ t: 'webhook', handle, webhook })
    await network.settled()
    return json({ url: webhook.url })
  }),

  'DELETE /webhook': withAccount(network, async (_, { handle }) => {
    network.record({ t: 'webhook', handle, webhook: null })
    await network.settled()
    return { status: 204 }
  }),
})

export const json = (value: unknown): FakeReply => ({ status: 200, json: value })

export const isRevoked = ({ world, now }: Network, handle: string): boolean => {
  const until = world.revoked.get(handle)
  return until !== undefined && (until === null || until > now())
}

/** The account's token, unless it no longer opens anything. */
function usableToken(network: Network, account: SandboxAccount): Token | null {
  const token = network.world.tokenOf.get(account.handle)
  if (!token || isRevoked(network, account.handle)) return null
  if (token.expiresAt !== null && token.expiresAt <= network.now()) return null
  return (token.expiresAt === null) === (account.tokenTtlMs === null) ? token : null
}

const accountView = ({ handle, name, keyed, rateLimit, createdAt }: SandboxAccount) => ({
  handle,
  name,
  keyed,
  rateLimit,
  createdAt: new Date(createdAt).toISOString(),
})

const tokenView = ({ token, refreshToken, expiresAt }: Token) => ({
  token,
  refreshToken,
  expiresAt: instant(expiresAt),
})

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
