import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Connect, Connected, Tools } from '../connector.ts'
import { reading } from '../failure.ts'
import { requiredField, serverAddress } from '../server-address.ts'
import { type Account, api } from './api.ts'
import { type Credentials, credentials } from './credentials.ts'
import { scopesOf } from './scopes.ts'
import { readServer } from './server.ts'

const scopes = ['read', 'write:statuses', 'write:media']
const pendingState = z.object({
  server: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  verifier: z.string(),
})

export const connect: Connect<Credentials> = {
  credentials,

  verify: (fields, tools) =>
    reading(async () => {
      const server = serverAddress('instance', fields.instance)
      const accessToken = requiredField(fields, 'accessToken')
      // Who the token is of, before what it may do: a wrong one is told as that.
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

  oauth: {
    /** Every server is its own: the app is registered there first. */
    start: ({ fields, redirectUri, state }, tools) =>
      reading(async () => {
        const server = serverAddress('instance', fields.instance)
        const app = await api.registerApp(
          server,
          { client_name: 'Hamava', redirect_uris: redirectUri, scopes: scopes.join(' ') },
          tools,
        )
        const verifier = randomBytes(48).toString('base64url')
        const query = new URLSearchParams({
          response_type: 'code',
          client_id: app.client_id,
          redirect_uri: redirectUri,
          scope: scopes.join(' '),
          state,
          code_challenge: createHash('sha256').update(verifier).digest('base64url'),
          code_challenge_method: 'S256',
          force_login: 'true',
        })
        return {
          authorizeUrl: `${server}/oauth/authorize?${query}`,
          pending: {
            server,
            clientId: app.client_id,
            clientSecret: app.client_secret,
            verifier,
          },
        }
      }),

    finish: ({ code, redirectUri, pending }, tools) =>
      reading(async () => {
        const { server, clientId, clientSecret, verifier } = pendingState.parse(pending)
        const token = await api.exchangeCode(
          server,
          {
            grant_type: 'authorization_code',
            code,
            client_id: clientId,
            client_secret: clientSecret,
            redirect_uri: redirectUri,
            code_verifier: verifier,
          },
          tools,
        )
        const accessToken = token.access_token
        const account = await api.verifyCredentials({ server, accessToken }, tools)
        const granted = token.scope?.split(' ') ?? scopes
        return connected(server, accessToken, account, granted, tools)
      }),
  },
}

async function connected(
  server: string,
  accessToken: string,
  account: Account,
  granted: string[],
  tools: Tools,
): Promise<Connected<Credentials>> {
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
