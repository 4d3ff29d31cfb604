import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Connect, Connected, Tools } from '../connector.ts'
import { connecting, Failed, reading } from '../failure.ts'
import { requiredField, serverAddress } from '../server-address.ts'
import { api, type MastodonAccount } from './api.ts'
import { credentials, type MastodonCredentials } from './credentials.ts'
import { manifest } from './index.ts'
import { scopesOf } from './scopes.ts'
import { readServer } from './server.ts'

const scopes = ['read', 'write:statuses', 'write:media']
const appShape = z.object({ clientId: z.string(), clientSecret: z.string() })
const pendingState = z.union([
  z.object({ server: z.string(), app: appShape, verifier: z.string() }),
  // OAuth attempts begun before apps were stored.
  appShape
    .extend({ server: z.string(), verifier: z.string() })
    .transform(({ server, verifier, ...app }) => ({ server, verifier, app })),
])

export const connect: Connect<MastodonCredentials> = {
  credentials,

  verify: (fields, tools) =>
    connecting(manifest.name, async () => {
      const server = serverAddress(manifest, 'instance', fields.instance)
      const accessToken = requiredField(manifest, fields, 'accessToken')
      // Verified before the scopes are probed, so that a wrong token is reported as wrong.
      const account = await api.verifyCredentials({ server, accessToken }, tools)
      const granted = await scopesOf({ server, accessToken }, tools)
      return connected(server, accessToken, account, granted, tools)
    }),

  readServer: ({ software: _, ...credentials }, tools) =>
    reading(async () => {
      const account = await api.verifyCredentials(credentials, tools)
      const contentType = account.source?.status_content_type
      const { software, limits } = await readServer(credentials.server, contentType, tools, true)
      return { credentials: { ...credentials, ...(software ? { software } : {}) }, limits }
    }),

  revoke: ({ server, accessToken, app }, tools) =>
    reading(async () => {
      // Without `app` the token was typed in: only its owner should revoke it.
      if (app) await api.revokeToken(server, { ...secretsOf(app), token: accessToken }, tools)
    }),

  accessOnly: ({ app: _, ...access }) => access,

  oauth: {
    /** Every server has its own app registrations. */
    serverOf: ({ instance }) => serverAddress(manifest, 'instance', instance),

    start: ({ fields, redirectUri, state, app: kept }, tools) =>
      connecting(manifest.name, async () => {
        const server = serverAddress(manifest, 'instance', fields.instance)
        const app = await appAt(server, redirectUri, kept, tools)
        const verifier = randomBytes(48).toString('base64url')
        const query = new URLSearchParams({
          response_type: 'code',
          client_id: app.clientId,
          redirect_uri: redirectUri,
          scope: scopes.join(' '),
          state,
          code_challenge: createHash('sha256').update(verifier).digest('base64url'),
          code_challenge_method: 'S256',
          force_login: 'true',
        })
        const authorizeUrl = `${server}/oauth/authorize?${query}`
        return { authorizeUrl, pending: { server, app, verifier }, app }
      }),

    finish: ({ code, redirectUri, pending }, tools) =>
      connecting(manifest.name, async () => {
        const { server, app, verifier } = pendingState.parse(pending)
        const token = await api.requestToken(
          server,
          {
            grant_type: 'authorization_code',
            code,
            ...secretsOf(app),
            redirect_uri: redirectUri,
            code_verifier: verifier,
          },
          tools,
        )
        const accessToken = token.access_token
        const account = await api.verifyCredentials({ server, accessToken }, tools)
        const granted = token.scope?.split(' ') ?? scopes
        const found = await connected(server, accessToken, account, granted, tools)
        return { ...found, credentials: { ...found.credentials, app } }
      }),
  },
}

type App = z.infer<typeof appShape>
const secretsOf = ({ clientId, clientSecret }: App) => ({
  client_id: clientId,
  client_secret: clientSecret,
})

/** The stored app, or a new one if the server has forgotten it: servers delete apps that nobody used. */
async function appAt(
  server: string,
  redirectUri: string,
  kept: unknown,
  tools: Tools,
): Promise<App> {
  const known = appShape.safeParse(kept).data
  if (known && (await isKnown(server, known, tools))) return known
  const registered = await api.registerApp(
    server,
    { client_name: 'Hamava', redirect_uris: redirectUri, scopes: scopes.join(' ') },
    tools,
  )
  return { clientId: registered.client_id, clientSecret: registered.client_secret }
}

/** False only on a clear refusal: a server that gives apps no tokens of their own may still know the app. */
async function isKnown(server: string, app: App, tools: Tools): Promise<boolean> {
  try {
    const grant = { grant_type: 'client_credentials', scope: 'read', ...secretsOf(app) }
    const { access_token: token } = await api.requestToken(server, grant, tools)
    await api.revokeToken(server, { ...secretsOf(app), token }, tools)
    return true
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    const { kind, reason } = error.failure
    if (kind === 'temporary' || kind === 'rate_limited') throw error
    return !/invalid_client/i.test(reason.detail ?? '') && kind !== 'reconnect'
  }
}

async function connected(
  server: string,
  accessToken: string,
  account: MastodonAccount,
  granted: string[],
  tools: Tools,
): Promise<Connected<MastodonCredentials>> {
  const { software, limits } = await readServer(server, account.source?.status_content_type, tools)
  return {
    credentials: {
      server,
      accessToken,
      accountId: account.id,
      acct: account.acct,
      ...(software ? { software } : {}),
    },
    account: {
      externalId: `${account.id}@${new URL(server).host}`,
      handle: `${account.username}@${new URL(server).host}`,
      name: account.display_name || account.username,
      url: account.url ?? null,
    },
    expiresAt: null,
    scopes: granted,
    limits,
  }
}
