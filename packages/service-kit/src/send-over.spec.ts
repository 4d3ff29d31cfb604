import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { OutboundRequest } from '@hamava/contracts'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Agent } from 'undici'
import { maxReplyBytes, sendOver } from './send-over.ts'

const enoughMs = 60_000

describe('a request', () => {
  let server: Server
  let agent: Agent
  let seen: IncomingMessage[]
  let answer: (response: ServerResponse, request: IncomingMessage) => void

  beforeEach(async () => {
    seen = []
    answer = (response) => response.end('hello')
    server = createServer((request, response) => {
      seen.push(request)
      answer(response, request)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    agent = new Agent({ connections: 1 })
  })

  afterEach(async () => {
    await agent.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const send = (request: Partial<OutboundRequest> = {}, timeoutMs = enoughMs) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=c#d`
    return sendOver(
      agent,
      new URL(url),
      { method: 'POST', url, headers: {}, ...request },
      timeoutMs,
    )
  }
  const failure = (sent: Promise<unknown>): Promise<Error & { code?: string }> =>
    sent.then(
      () => Promise.reject(new Error('answered')),
      (error) => error,
    )

  it('says what it was given to say, and who we are', async () => {
    answer = async (response, request) => {
      const body = await text(request)
      response.setHeader('set-cookie', ['a=1', 'b=2'])
      response.setHeader('X-Told', 'yes')
      response.writeHead(201).end(`${request.method} ${request.url} ${body}`)
    }
    const headers = { 'content-type': 'text/plain', accept: 'text/html' }
    const reply = await send({ headers, body: 'سلام' })
    expect(reply).toMatchObject({ status: 201, text: 'POST /a?b=c سلام' })
    expect(reply.headers).toMatchObject({ 'x-told': 'yes', 'set-cookie': 'a=1,b=2' })
    expect(seen[0]?.headers).toMatchObject({ ...headers, 'user-agent': 'hamava' })
    expect((await send({ body: Buffer.from([65, 66]) })).text).toBe('POST /a?b=c AB')
  })

  it('follows no redirect', async () => {
    answer = (response) => response.writeHead(302, { location: '/away' }).end()
    expect((await send({ method: 'GET' })).status).toBe(302)
    expect(seen).toHaveLength(1)
  })

  it.each([['GET'], ['POST']] as const)('unpacks the reply to a %s', async (method) => {
    answer = (response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('سلام'))
    expect((await send({ method })).text).toBe('سلام')
  })

  it('asks to be spared packing where it does not pay', async () => {
    await send({ method: 'GET' })
    await send({ method: 'POST' })
    expect(seen.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip', 'identity'])
  })

  it('takes no reply that is packed in a way that it did not ask for', async () => {
    answer = (response) => response.setHeader('content-encoding', 'br').end('?')
    expect((await failure(send())).message).toContain('encoded as br')
  })

  it('reads no more than it must, packed or not', async () => {
    const large = Buffer.alloc(maxReplyBytes + 1)
    answer = (response) => response.end(large)
    expect((await failure(send())).message).toContain('larger than')
    answer = (response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(large))
    expect((await failure(send())).message).toContain('larger than')
  })

  it('is over in time, though the reply goes on trickling', async () => {
    answer = (response) => {
      const trickle = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(trickle))
    }
    const error = await failure(send({}, 200))
    expect(error.message).toContain('no whole reply within 200 ms')
    expect(error.code).toBeUndefined()
  })

  it('has its reply though this process stood still until the time was over', async () => {
    await send()
    answer = (response) => {
      response.end('in time')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
    }
    expect((await send({}, 200)).text).toBe('in time')
  })

  it('has all of its time for the reply, however long it waited for a connection', async () => {
    answer = (response) => void setTimeout(() => response.end('after a while'), 150)
    const beginBy = performance.now() + enoughMs
    const all = await Promise.all([1, 2, 3].map(() => send({ beginBy }, 250)))
    expect(all.map((reply) => reply.text)).toEqual(Array(3).fill('after a while'))
  })

  it('is never sent when it has found no connection by its time', async () => {
    answer = (response) => void setTimeout(() => response.end('after a while'), 150)
    const first = send()
    const error = await failure(send({ beginBy: performance.now() + 50 }))
    expect(error.code).toBe('UND_ERR_CONNECT_TIMEOUT')
    expect((await first).status).toBe(200)
    expect((await send()).status).toBe(200)
    expect(seen).toHaveLength(2)
  })

  it('is over when its signal says so', async () => {
    const stop = new AbortController()
    answer = () => stop.abort()
    const error = await failure(send({ signal: stop.signal }))
    expect(error.message).toContain('aborted')
    expect(error.code).toBeUndefined()
  })

  it('says that it was never sent when no connection was free in time, and leaves the others alone', async () => {
    let release = () => {}
    const isHeld = new Promise<void>((held) => {
      answer = (response) => {
        release = () => response.end('late')
        held()
      }
    })
    const first = send()
    await isHeld
    expect((await failure(send({}, 20))).code).toBe('UND_ERR_CONNECT_TIMEOUT')
    answer = (response) => response.end('hello')
    release()
    expect((await first).text).toBe('late')
    expect((await send()).text).toBe('hello')
    expect(seen).toHaveLength(2)
    expect(seen[1]?.socket).toBe(seen[0]?.socket)
  })

  it.each([['GET'], ['POST']] as const)(
    'is not sent again when the server hangs up on a %s over a kept connection',
    async (method) => {
      await send()
      answer = (_response, request) => request.socket.destroy()
      expect((await failure(send({ method }))).code).toBe('UND_ERR_SOCKET')
      expect(seen).toHaveLength(2)
      expect(seen[1]?.socket).toBe(seen[0]?.socket)
    },
  )

  it('says that nobody listens', async () => {
    const port = (server.address() as AddressInfo).port
    await new Promise((resolve) => server.close(resolve))
    const url = `http://127.0.0.1:${port}/`
    const request = { method: 'POST', url, headers: {} } as const
    const error = await failure(sendOver(agent, new URL(url), request, enoughMs))
    expect(error.code).toBe('ECONNREFUSED')
  })
})
