import createClient, { type Middleware } from 'openapi-fetch'
import { preferences } from '../language/preferences.ts'
import { type Details, Problem, Unreachable } from './problem.ts'
import { randomId } from './random-id.ts'
import type { paths } from './schema.ts'
import type { Me } from './types.ts'

let csrfToken = ''
/** The member and workspace that this page was made for; null before they are known, and after logging out. */
let seenBy: string | null = null

export const csrf = (): string => csrfToken

/** Takes over what the server says of the session. A page made for another member or workspace is reloaded. */
export function setSession({ member, workspace, csrfToken: token }: Me): void {
  csrfToken = token ?? ''
  const who = `${member?.id} ${workspace.id}`
  if (seenBy !== null && seenBy !== who) location.reload()
  else seenBy = who
}

/** After logging out: the next session may be anybody's. */
export function clearSession(): void {
  csrfToken = ''
  seenBy = null
}

/** Sends a request; again with a fresh CSRF token, if another tab has logged in since the page was loaded. */
async function send(request: Request): Promise<Response> {
  const spare = request.method === 'GET' ? null : request.clone()
  const response = await fetch(request)
  if (!spare || response.status !== 403) return response
  const said = (await response
    .clone()
    .json()
    .catch(() => null)) as Details | null
  if (said?.code !== 'csrf_failed') return response
  const mine = await answerOf(client.GET('/v1/me'))
  const isElsewhere = seenBy !== `${mine.member?.id} ${mine.workspace.id}`
  setSession(mine)
  // The request was not meant for the other workspace, so it never resolves: `setSession` reloads the page.
  if (isElsewhere) return new Promise(() => undefined)
  spare.headers.set('x-csrf-token', csrfToken)
  return fetch(spare)
}

const identify: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept-language', preferences().language)
    if (request.method === 'GET') return
    request.headers.set('x-csrf-token', csrfToken)
  },
  onError: ({ error }) => new Unreachable(String(error)),
}

/** Typed by the gateway's OpenAPI document. */
export const client = createClient<paths>({ baseUrl: '/', fetch: send })
client.use(identify)

/** What `client` resolves to. */
export interface Reply<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer. Throws `Problem` or `Unreachable`. */
export async function answerOf<T>(calling: Promise<Reply<T>>): Promise<T> {
  const { data, error, response } = await calling
  if (!response.ok) throw new Problem(response.status, (error ?? {}) as Details)
  return data as T
}

/** The header with the version that a change is based on. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })

/** The idempotency header of one request. */
export const idempotencyHeader = (key = randomId()) => ({ 'Idempotency-Key': key })

/**
 * Keeps one idempotency key until the request was answered, or another one is made: if an answer is lost and a person
 * tries again, the work is still done once.
 */
export function stableIdempotencyKey() {
  let open: { ask: string; header: ReturnType<typeof idempotencyHeader> } | null = null
  return async <T>(
    ask: unknown,
    call: (header: ReturnType<typeof idempotencyHeader>) => Promise<T>,
  ) => {
    const said = JSON.stringify(ask)
    if (open?.ask !== said) open = { ask: said, header: idempotencyHeader() }
    const answer = await call(open.header)
    open = null
    return answer
  }
}
