import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type FakeReply, type Handler, jsonOf, type Received } from '../fakes/serve.ts'

interface Codes {
  /** Makes a token valid, or invalid. */
  grant: (token: string) => void
  end: (token: string) => void
}

/** Open app registration, the code flow with PKCE, and revocation of tokens by the app that got them. */
export function oauthOf({ grant, end }: Codes) {
  const apps = new Map<string, { secret: string; redirectUri: string }>()
  const codes = new Map<string, { clientId: string; challenge: string }>()
  const isApp = ({ client_id: id = '', client_secret: secret }: Record<string, string>) =>
    apps.get(id)?.secret === secret

  const routes: Record<string, Handler> = {
    'POST /api/v1/apps': ({ body }) => {
      const input = z
        .object({ client_name: z.string(), redirect_uris: z.string() })
        .safeParse(jsonOf(body))
      if (!input.success) return refusal(422, "Validation failed: Name can't be blank")
      const [clientId, secret] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
      apps.set(clientId, { secret, redirectUri: input.data.redirect_uris })
      return { status: 200, json: { id: '1', client_id: clientId, client_secret: secret } }
    },
    'GET /oauth/authorize': ({ url: { searchParams } }) => {
      const clientId = searchParams.get('client_id') ?? ''
      const redirectUri = searchParams.get('redirect_uri') ?? ''
      const challenge = searchParams.get('code_challenge') ?? ''
      if (apps.get(clientId)?.redirectUri !== redirectUri) return refusal(400, 'invalid_client')
      const code = randomBytes(16).toString('hex')
      codes.set(code, { clientId, challenge })
      const back = new URL(redirectUri)
      back.searchParams.set('code', code)
      back.searchParams.set('state', searchParams.get('state') ?? '')
      return { status: 302, headers: { location: back.href } }
    },
    'POST /oauth/token': (request) => {
      const sent = fieldsOf(request)
      if (!isApp(sent)) return refusal(401, 'invalid_client')
      if (sent.grant_type === 'client_credentials')
        return { status: 200, json: { access_token: 'of-the-app', token_type: 'Bearer' } }
      const code = codes.get(sent.code ?? '')
      const challenge = createHash('sha256')
        .update(sent.code_verifier ?? '')
        .digest('base64url')
      if (code?.clientId !== sent.client_id || code?.challenge !== challenge)
        return refusal(400, 'invalid_grant')
      codes.delete(sent.code ?? '')
      const token = randomBytes(24).toString('base64url')
      grant(token)
      const scope = 'read write:statuses write:media'
      return { status: 200, json: { access_token: token, token_type: 'Bearer', scope } }
    },
    'POST /oauth/revoke': (request) => {
      const sent = fieldsOf(request)
      if (!isApp(sent)) return refusal(403, 'unauthorized_client')
      end(sent.token ?? '')
      return { status: 200, json: {} }
    },
  }
  return {
    routes,
    /** As servers do with apps that nobody has used for a day. */
    forgetApps: () => apps.clear(),
  }
}

const fieldsOf = ({ body }: Received) =>
  z.record(z.string(), z.string()).catch({}).parse(jsonOf(body))
const refusal = (status: number, error: string): FakeReply => ({ status, json: { error } })
