import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a fake network sees it; its body has been read whole. */
export interface Received {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: Uint8Array
  /** What the route's `:names` stood for. */
  params: Record<string, string>
  /** When it came, by `Date.now()`. */
  cameAt: number
  /** Breaks the connection; the work can go on. */
  cut: () => void
}

export interface FakeReply {
  status: number
  headers?: Record<string, string>
  json?: unknown
  body?: string | Uint8Array
  /** Says nothing and breaks the connection, after all was done. */
  drop?: true
}

export type Handler = (request: Received) => FakeReply | Promise<FakeReply>

export interface Served {
  url: string
  close: () => Promise<void>
}

interface ServeOptions {
  port?: number | undefined
  host?: string | undefined
  /** The largest body taken for a path. */
  maxBytes?: (path: string) => number
  /** How a thrown error is said in the network's own words. */
  onError?: (error: unknown) => FakeReply
}

/** Listens on a free port of this machine (or the given one) until closed. */
export async function serve(handle: Handler, options: ServeOptions = {}): Promise<Served> {
  const { port = 0, host = '127.0.0.1', maxBytes = () => 1_000_000, onError } = options
  const server = createServer((request, response) => {
    answer(request, response, handle, maxBytes).catch((error: unknown) => {
      if (response.destroyed) return
      send(response, onError?.(error) ?? { status: 500, json: { error: String(error) } })
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: Handler,
  maxBytes: (path: string) => number,
) {
  const cameAt = Date.now()
  const url = new URL(request.url ?? '/', 'http://fake')
  const body = await readBody(request, maxBytes(url.pathname))
  if (!body) {
    send(response, { status: 413, headers: { connection: 'close' }, json: { error: 'too_large' } })
    return
  }
  const { method = 'GET', headers } = request
  const cut = () => response.destroy()
  send(response, await handle({ method, url, headers, body, params: {}, cameAt, cut }))
}

async function readBody(request: IncomingMessage, max: number): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > max) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > max) return null
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

function send(response: ServerResponse, reply: FakeReply): void {
  if (response.destroyed) return
  if (reply.drop) {
    response.destroy()
    return
  }
  const body = reply.json === undefined ? (reply.body ?? '') : JSON.stringify(reply.json)
  const type = reply.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(reply.status, {
    ...type,
    ...reply.headers,
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

/** Finds the handler of a request among routes like `GET /posts/:id`. */
export function router(routes: Record<string, Handler>, otherwise: Handler): Handler {
  const table = Object.entries(routes).map(([route, handler]) => {
    const [method = '', path = ''] = route.split(' ')
    return { method, segments: path.split('/'), handler }
  })
  return (request) => {
    const segments = request.url.pathname.split('/')
    for (const { method, segments: pattern, handler } of table) {
      if (method !== request.method || pattern.length !== segments.length) continue
      const params = match(pattern, segments)
      if (params) return handler({ ...request, params })
    }
    return otherwise(request)
  }
}

function match(pattern: string[], segments: string[]): Record<string, string> | null {
  const params: Record<string, string> = {}
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decode(segment)
    else if (part !== segment) return null
  }
  return params
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** A body as JSON, or undefined when it is none. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}
