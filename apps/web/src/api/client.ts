import createClient, { type Middleware } from 'openapi-fetch'
import { preferences } from '../language/preferences.ts'
import { type Details, Problem, Unreachable } from './problem.ts'
import { randomId } from './random-id.ts'
import type { paths } from './schema.ts'
import type { Me } from './types.ts'

let csrfToken = ''
/** Who sees this page, and in which workspace; nobody before it is known, and after the way out. */
let seenBy: string | null = null

export const csrf = (): string => csrfToken

/** What the server says of who is here. A page that was made for somebody else, or elsewhere, is loaded anew. */
export function setSession({ member, workspace, csrfToken: token }: Me): void {
  csrfToken = token ?? ''
  const who = `${member?.id} ${workspace.id}`
  if (seenBy !== null && seenBy !== who) location.reload()
  else seenBy = who
}

/** Whoever comes next is somebody new. */
export function clearSession(): void {
  csrfToken = ''
  seenBy = null
}

/** Sends; once more with another token, if another tab has logged in since the page was loaded. */
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
  // It was not meant for the other workspace: the page is on its way out.
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

/** Typed by the gateway's own document. */
export const client = createClient<paths>({ baseUrl: '/', fetch: send })
client.use(identify)

/** What a call brings back. */
export interface Reply<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer, or a throw of `Problem` or `Unreachable`. */
export async function answerOf<T>(calling: Promise<Reply<T>>): Promise<T> {
  const { data, error, response } = await calling
  if (!response.ok) throw new Problem(response.status, (error ?? {}) as Details)
  return data as T
}

/** The version of what is changed, as the gateway wants to hear it. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })

/** A name for one thing that is asked. */
export const idempotencyHeader = (key = randomId()) => ({ 'Idempotency-Key': key })

/**
 * Asks under one name until it was answered, or something else is asked: when an answer is lost on the way, and a
 * person tries again, it is still done once.
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
