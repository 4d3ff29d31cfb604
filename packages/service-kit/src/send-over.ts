import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { OutboundReply, OutboundRequest } from '@hamava/contracts'
import { type Dispatcher, errors } from 'undici'

export const maxReplyBytes = 8_000_000
const tooLarge = `the reply is larger than ${maxReplyBytes} bytes`

/**
 * Makes one request, once, and follows no redirect. It goes to undici's `dispatch` itself: the streams
 * and objects that `fetch` puts around it cost more than all the rest of a small request.
 *
 * @param timeoutMs how long the reply may take once the request has left; it may wait as long for a
 *   connection, unless `beginBy` says otherwise. The wait is not taken from the reply's time: a request that
 *   left late would be cut off with its outcome unknown, and only for want of connections.
 */
export async function sendOver(
  dispatcher: Dispatcher,
  url: URL,
  { method, headers, body, signal, beginBy }: OutboundRequest,
  timeoutMs: number,
): Promise<OutboundReply> {
  const exchange = new Exchange(timeoutMs, beginBy ?? performance.now() + timeoutMs)
  const abort = () => exchange.stop('the request was aborted')
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: { ...usualHeaders(method), ...headers },
        body,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      exchange,
    )
    return await exchange.reply
  } finally {
    exchange.end()
    signal?.removeEventListener('abort', abort)
  }
}

/** Compression pays for pages of posts, which are read by GET, not for short answers to other requests. */
const usualHeaders = (method: OutboundRequest['method']) => ({
  'user-agent': 'hamava',
  accept: '*/*',
  'accept-encoding': method === 'GET' ? 'gzip' : 'identity',
})

/** Gathers the reply to one request, and can end it early. */
class Exchange implements Dispatcher.DispatchHandler {
  private readonly done = Promise.withResolvers<OutboundReply>()
  private controller: Dispatcher.DispatchController | null = null
  private stopped: Error | null = null
  private status = 0
  private headers: Record<string, string> = {}
  private readonly chunks: Buffer[] = []
  private size = 0
  private timer: NodeJS.Timeout

  constructor(
    private readonly timeoutMs: number,
    private readonly beginBy: number,
  ) {
    const waitMs = Math.max(0, beginBy - performance.now())
    this.timer = this.stopAfter(waitMs, `no free connection within ${Math.round(waitMs)} ms`)
  }

  /** `setImmediate` lets sockets be read before the timeout: the reply may have come while the process was stopped. */
  private stopAfter(ms: number, why: string): NodeJS.Timeout {
    return setTimeout(setImmediate, ms, () => this.stop(why))
  }

  /** Nothing is waited for any more. */
  end(): void {
    clearTimeout(this.timer)
  }

  get reply(): Promise<OutboundReply> {
    return this.done.promise
  }

  /** A request that still waits for a connection is never sent; its error's code says so. */
  stop(why: string): void {
    this.stopped = this.controller ? new Error(why) : new errors.ConnectTimeoutError(why)
    this.controller?.abort(this.stopped)
    this.done.reject(this.stopped)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown, it leaves the connection to the next request; `abort` would close it.
    if (!this.stopped && performance.now() > this.beginBy) this.stop('no free connection in time')
    if (this.stopped) throw this.stopped
    this.controller = controller
    clearTimeout(this.timer)
    this.timer = this.stopAfter(this.timeoutMs, `no whole reply within ${this.timeoutMs} ms`)
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.status = status
    this.headers = {}
    for (const name in headers) this.headers[name] = String(headers[name])
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.byteLength
    if (this.size > maxReplyBytes) this.stop(tooLarge)
    else this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    const { status, headers, chunks } = this
    const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
    const coding = headers['content-encoding']?.toLowerCase() ?? 'identity'
    if (coding === 'identity' || bytes.byteLength === 0) {
      this.done.resolve({ status, headers, text: bytes.toString('utf8') })
    } else {
      this.done.resolve(unpack(bytes, coding).then((text) => ({ status, headers, text })))
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.done.reject(error)
  }
}

const gunzipped = promisify(gunzip)

/** Some servers compress whatever was asked for; encodings other than gzip are refused. */
async function unpack(bytes: Buffer, coding: string): Promise<string> {
  if (coding !== 'gzip' && coding !== 'x-gzip') {
    throw new Error(`the reply is encoded as ${coding}, which was not asked for`)
  }
  const unpacked = await gunzipped(bytes, { maxOutputLength: maxReplyBytes })
  return unpacked.toString('utf8')
}
