import createClient, { type Middleware } from 'openapi-fetch'
import { preferences } from '../language/preferences.ts'
import { type Details, Problem, Unreachable } from './problem.ts'
import type { paths } from './schema.ts'

let csrfToken = ''

/** Everything that changes something carries it. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token ?? ''
}

export const csrf = (): string => csrfToken

const identify: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept-language', preferences().language)
    if (request.method === 'GET') return
    request.headers.set('x-csrf-token', csrfToken)
    // A key of its own per action: an answer that is lost on the way cannot make it happen twice.
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID())
    }
  },
  onError: ({ error }) => new Unreachable(String(error)),
}

/** Typed by the gateway's own document. */
export const client = createClient<paths>({ baseUrl: '/' })
client.use(identify)

/** The answer, or a throw of `Problem` or `Unreachable`. */
export async function answerOf<T>(
  calling: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await calling
  if (!response.ok) throw new Problem(response.status, (error ?? {}) as Details)
  return data as T
}

/** The version of what is changed, as the gateway wants to hear it. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })

/** A name for what is asked, so that asking twice does it once. */
export const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })
