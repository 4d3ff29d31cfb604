import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { Failed } from './failure.ts'
import { ask, type Effect, retryAt, scrub } from './http.ts'

const now = new Date('2026-11-22T10:00:00Z')
const server = { name: { en: 'Net', fa: 'شبکه' }, secrets: ['s3cret'], explain: () => null }
const schema = z.object({ id: z.string() })

const failing =
  (thrown: unknown): typeof fetch =>
  () =>
    Promise.reject(thrown)
const answering =
  (status: number, body: string, headers: Record<string, string> = {}): typeof fetch =>
  async () =>
    new Response(body, { status, headers })
const meet = async (fetch: typeof globalThis.fetch, effect: Effect = 'publishes') => {
  const call = { method: 'POST', url: 'https://net.example/x' } as const
  const error = await ask({ fetch, now: () => now }, server, call, schema, effect).catch(
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
    [503, 'temporary'],
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
    expect(retryAt(new Headers(headers as Record<string, string>), now).toISOString()).toBe(at)
  })
})
