import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Connect, Connected, Tools } from '../connector.ts'
import { reading } from '../failure.ts'
import { requiredField, serverAddress } from '../server-address.ts'
import { api } from './api.ts'
import { type Credentials, credentials } from './credentials.ts'

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
    reading(() =>
      connected(
        serverAddress('instance', fields.instance),
        requiredField(fields, 'accessToken'),
        scopes,
        tools,
      ),
    ),

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
        const granted = token.scope?.split(' ') ?? scopes
        return connected(server, token.access_token, granted, tools)
      }),
  },
}

async function connected(
  server: string,
  accessToken: string,
  granted: string[],
  tools: Tools,
): Promise<Connected<Credentials>> {
  const account = await api.verifyCredentials({ server, accessToken }, tools)
  return {
    credentials: { server, accessToken, accountId: account.id, acct: account.acct },
    account: {
      externalId: `${account.id}@${new URL(server).host}`,
      handle: `${account.username}@${new URL(server).host}`,
      name: account.display_name || account.username,
      url: account.url ?? null,
    },
    expiresAt: null,
    scopes: granted,
  }
}
