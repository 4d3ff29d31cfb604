import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { sendUnguarded } from '@hamava/service-kit/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Tools } from './connector.ts'
import { Failed } from './failure.ts'
import { ask, type Effect, retryAt, scrub } from './http.ts'

const now = new Date('2026-11-22T10:00:00Z')
const server = { name: { en: 'Net', fa: 'شبکه' }, secrets: ['s3cret'], explain: () => null }
const schema = z.object({ id: z.string() })

const failing =
  (thrown: unknown): Tools['send'] =>
  () =>
    Promise.reject(thrown)
const answering =
  (status: number, text: string): Tools['send'] =>
  async () => ({ status, headers: {}, text })
const meet = async (
  send: Tools['send'],
  effect: Effect = 'publishes',
  url = 'https://net.example/x',
) => {
  const call = { method: 'POST', url } as const
  const error = await ask({ send, now: () => now }, server, call, schema, effect).catch(
    (one) => one,
  )
  if (!(error instanceof Failed)) throw new Error(`no failure but ${JSON.stringify(error)}`)
  return error.failure
}
const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more })
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause })

describe('what came of a request', () => {
  it.each([
    ['refused', fetchFailed(coded('ECONNREFUSED'))],
    ['a name that is none', fetchFailed(coded('ENOTFOUND', { syscall: 'getaddrinfo' }))],
    ['a connection that took too long', fetchFailed(coded('UND_ERR_CONNECT_TIMEOUT'))],
    ['a reset while connecting', fetchFailed(coded('ECONNRESET', { syscall: 'connect' }))],
    [
      'all of several addresses refused',
      fetchFailed(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')])),
    ],
    ['a private address', coded('EOUTBOUNDREFUSED')],
  ])('is temporary for %s: nothing was sent', async (_, thrown) => {
    expect((await meet(failing(thrown))).kind).toBe('temporary')
  })

  it.each([
    ['a reset', fetchFailed(coded('ECONNRESET', { syscall: 'read' }))],
    ['a closed socket', fetchFailed(coded('UND_ERR_SOCKET'))],
    ['no headers in time', fetchFailed(coded('UND_ERR_HEADERS_TIMEOUT'))],
    ['a timeout', new DOMException('late', 'TimeoutError')],
    ['something unheard of', new Error('?')],
  ])('is unknown for %s, unless it only reads', async (_, thrown) => {
    expect((await meet(failing(thrown))).kind).toBe('unknown_outcome')
    expect((await meet(failing(thrown), 'reads')).kind).toBe('temporary')
  })

  it.each([
    [400, 'rejected'],
    [401, 'reconnect'],
    [403, 'rejected'],
    [302, 'rejected'],
    [503, 'unknown_outcome'],
    [500, 'unknown_outcome'],
    [504, 'unknown_outcome'],
    [200, 'unknown_outcome'],
  ])('is read from a %i without a word: %s', async (status, kind) => {
    expect((await meet(answering(status, 'nonsense'))).kind).toBe(kind)
  })

  it('says what the network said, without secrets and not at length', async () => {
    const { reason } = await meet(answering(400, `token s3cret ${'x'.repeat(2000)}`))
    expect(reason.detail).toContain('token ***')
    expect(reason.detail).toHaveLength(500)
    expect(scrub('a s3cret b', { secrets: ['', 's3cret'] })).toBe('a *** b')
  })

  it.each([
    [{ 'retry-after': '30' }, '2026-11-22T10:00:30.000Z'],
    [{ 'retry-after': 'Sun, 22 Nov 2026 10:02:00 GMT' }, '2026-11-22T10:02:00.000Z'],
    [{ 'x-ratelimit-reset': '2026-11-22T10:05:00.000Z' }, '2026-11-22T10:05:00.000Z'],
    [{ 'ratelimit-reset': '1795342200' }, '2026-11-22T10:10:00.000Z'],
    [{ 'ratelimit-reset': '15' }, '2026-11-22T10:00:15.000Z'],
    [{ 'retry-after': '0' }, '2026-11-22T10:00:01.000Z'],
    [{}, '2026-11-22T10:01:00.000Z'],
  ])('may come again, by %j, at %s', (headers, at) => {
    expect(retryAt(headers as Record<string, string>, now).toISOString()).toBe(at)
  })
})

describe('what came of a request over a real connection', () => {
  let server: Server
  let url: string
  let hangUp: (socket: Socket) => void

  beforeEach(async () => {
    server = createServer((socket) => socket.once('data', () => hangUp(socket)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`
  })
  const close = () => new Promise((resolve) => server.close(resolve))

  it('is temporary when nobody listens', async () => {
    await close()
    expect((await meet(sendUnguarded, 'publishes', url)).kind).toBe('temporary')
  })

  it.each<[string, typeof hangUp]>([
    ['was reset', (socket) => socket.resetAndDestroy()],
    ['was closed', (socket) => socket.destroy()],
    [
      'broke off within the reply',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"id"'),
    ],
    ['spoke no HTTP', (socket) => socket.end('hello\r\n\r\n')],
  ])('is unknown when it %s after the request', async (_, how) => {
    hangUp = how
    expect((await meet(sendUnguarded, 'publishes', url)).kind).toBe('unknown_outcome')
    expect((await meet(sendUnguarded, 'reads', url)).kind).toBe('temporary')
    await close()
  })
})

describe('what is kept of an answer', () => {
  const kept = (text: string) => scrub(text, { secrets: [] })

  it('never ends in half a character, which no database takes', () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const found = kept(`${before}${'👍🏽'.repeat(400)}`)
      expect(found.isWellFormed()).toBe(true)
      expect(found.length).toBeGreaterThan(498)
    }
  })

  it('has no NUL and no half character that came so', () => {
    expect(kept('a\0b\ud83d')).toBe('a\ufffdb\ufffd')
  })
})
