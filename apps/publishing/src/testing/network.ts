import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSandbox } from '@hamava/networks/sandbox-server'

export interface LivePost {
  id: string
  text: string
  parent: string | null
  createdAt: string
  idempotencyKey: string | null
  media: { id: string; mime: string; alt: string }[]
}

interface AccountOptions {
  keyed?: 'key' | 'late' | 'readable' | 'none'
  tokenTtlMs?: number
  rateLimit?: { limit: number; windowMs: number }
}

/** A request as the network's own server saw it. */
export interface SeenRequest {
  method: string
  path: string
  token: string
  idempotencyKey: string | null
  /** Null until it was answered; a reply that was dropped never is. */
  status: number | null
  at: number
}
type Listener = (request: SeenRequest, when: 'comes' | 'is answered') => void

/** The sandbox network, with its switches at hand. */
export async function testNetwork() {
  let aheadMs = 0
  const sandbox = await createSandbox({ now: () => Date.now() + aheadMs })
  const traffic = watch(Number(new URL(sandbox.url).port))
  const read = async (path: string) => (await fetch(`${sandbox.url}${path}`)).json()
  const post = async (path: string, json: unknown) => {
    const reply = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    })
    return reply.status === 204 ? null : reply.json()
  }
  return {
    url: sandbox.url,
    async close() {
      traffic.end()
      await sandbox.close()
    },
    /** All requests so far, the oldest first. */
    requests: traffic.requests,
    /** Called when a request arrives, and when its answer is on the way. */
    onRequest: traffic.listen,
    account: async (handle: string, options: AccountOptions = {}) =>
      (await post('/accounts', { handle, ...options })) as {
        token: string
        refreshToken: string | null
      },
    /** Advances the network's own clock: tokens expire, windows end. */
    passTime(ms: number) {
      aheadMs += ms
    },
    fault: (fault: object) => post('/admin/faults', fault),
    /** The account takes a post back. */
    async remove(handle: string, id: string) {
      const { token } = (await post('/accounts', { handle })) as { token: string }
      const headers = { authorization: `Bearer ${token}` }
      await fetch(`${sandbox.url}/posts/${id}`, { method: 'DELETE', headers })
    },
    /** Whether the network still has these bytes. */
    has: async (mediaId: string) => (await fetch(`${sandbox.url}/media/${mediaId}`)).ok,
    write: (handle: string, from: string) => post('/admin/messages', { handle, from }),
    clearFaults: () => fetch(`${sandbox.url}/admin/faults`, { method: 'DELETE' }),
    /** Oldest first. */
    live: async (handle: string) =>
      ((await read(`/accounts/${handle}/posts`)) as LivePost[]).toReversed(),
    messages: async (handle: string) =>
      ((await read(`/accounts/${handle}/messages`)) as (LivePost & { fromAccount: boolean })[])
        .filter(({ fromAccount }) => fromAccount)
        .toReversed(),
  }
}

/** Watches the server on this port through Node's diagnostics channels, without a proxy in between. */
function watch(port: number) {
  const requests: SeenRequest[] = []
  const listeners = new Set<Listener>()
  const known = new WeakMap<IncomingMessage, SeenRequest>()
  const comes = (message: unknown) => {
    const { request } = message as { request: IncomingMessage }
    if (request.socket.localPort !== port) return
    const { authorization = '', 'idempotency-key': key } = request.headers
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: new URL(request.url ?? '/', 'http://network').pathname,
      token: authorization.replace('Bearer ', ''),
      idempotencyKey: typeof key === 'string' ? key : null,
      status: null,
      at: Date.now(),
    }
    known.set(request, seen)
    requests.push(seen)
    for (const listener of listeners) listener(seen, 'comes')
  }
  const isAnswered = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const seen = known.get(request)
    if (!seen) return
    seen.status = response.statusCode
    for (const listener of listeners) listener(seen, 'is answered')
  }
  subscribe('http.server.request.start', comes)
  subscribe('http.server.response.finish', isAnswered)
  return {
    requests,
    listen(listener: Listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    end() {
      unsubscribe('http.server.request.start', comes)
      unsubscribe('http.server.response.finish', isAnswered)
    },
  }
}
export type TestNetwork = Awaited<ReturnType<typeof testNetwork>>
