import { type Bilingual, type OutboundReply, storableText } from '@hamava/contracts'
import type { z } from 'zod'
import type { Exchange, Tools } from './connector.ts'
import { Failed, type Failure } from './failure.ts'
import { reasons } from './reasons.ts'

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers?: Record<string, string>
  json?: unknown
  body?: Uint8Array
}

/** A reply, read whole. `json` is undefined when it is none. */
export interface ParsedReply {
  status: number
  headers: OutboundReply['headers']
  text: string
  json: unknown
}

/** How one network's server is spoken to. */
export interface Server {
  name: Bilingual
  /** What must never be seen in an error. */
  secrets: string[]
  /** Reads a refusal in the network's own words; null leaves it to the status. */
  explain(answer: ParsedReply, now: Date): Failure | null
}

/** Whether a call that was carried out can be seen by others. */
export type Effect = 'reads' | 'publishes'

const maxDetail = 500

/**
 * Makes one call and parses its reply. This is the one place that distinguishes requests that were never sent (try
 * again), that may have been carried out (find out first), and that the network refused.
 */
export async function ask<S extends z.ZodType>(
  tools: Tools,
  server: Server,
  call: Call,
  schema: S,
  effect: Effect,
): Promise<z.output<S>> {
  const answer = await exchange(tools, server, call, effect)
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, server, tools, effect)
  const parsed = schema.safeParse(answer.json)
  if (parsed.success) return parsed.data
  const detail = scrub(`${answer.status} ${answer.text}`, server)
  throw maybeDone(effect, reasons.unreadable(server.name, detail))
}

async function exchange(
  { send, signal, now, onExchange }: Tools,
  server: Server,
  { method, url, headers = {}, json, body }: Call,
  effect: Effect,
): Promise<ParsedReply> {
  if (signal?.aborted)
    throw new Failed({ kind: 'temporary', reason: reasons.unreachable(server.name, 'aborted') })
  const at = now()
  const started = performance.now()
  const tell = (status: number | null, reply: string, told?: OutboundReply['headers']) =>
    onExchange?.({
      at,
      method,
      url: scrub(url.split('?', 1)[0] ?? '', server),
      status,
      reply: scrub(reply, server),
      ms: Math.round(performance.now() - started),
      publishes: effect === 'publishes',
      quota: quotaOf(told, at),
    })
  try {
    const reply = await send({
      method,
      url,
      headers: json === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: json === undefined ? body : JSON.stringify(json),
      signal,
    })
    tell(reply.status, reply.text, reply.headers)
    return { ...reply, json: parseJson(reply.text) }
  } catch (error) {
    tell(null, describe(error))
    throw noReply(error, server, effect, url)
  }
}

function noReply(error: unknown, server: Server, effect: Effect, url: string): Failed {
  const detail = scrub(describe(error), server)
  if (codesOf(error).includes('EOUTBOUNDREFUSED')) {
    const refused = url.startsWith('http:') ? reasons.httpsNeeded : reasons.addressRefused
    return new Failed({ kind: 'temporary', reason: refused(server.name, detail) })
  }
  if (codesOf(error).some((code) => certificateCodes.includes(code)))
    return new Failed({
      kind: 'temporary',
      reason: reasons.certificateRefused(server.name, detail),
    })
  if (wasNeverSent(error))
    return new Failed({ kind: 'temporary', reason: reasons.unreachable(server.name, detail) })
  return maybeDone(effect, reasons.noAnswer(server.name, detail))
}

const maybeDone = (effect: Effect, reason: Failure['reason']): Failed =>
  new Failed({ kind: effect === 'publishes' ? 'unknown_outcome' : 'temporary', reason })

function refusal(answer: ParsedReply, server: Server, { now }: Tools, effect: Effect): Failed {
  const detail = scrub(`${answer.status} ${answer.text}`, server)
  const explained = server.explain(answer, now())
  if (explained) {
    const said = explained.reason.detail
    const reason =
      said === undefined ? explained.reason : { ...explained.reason, detail: scrub(said, server) }
    return new Failed({ ...explained, reason })
  }
  if (answer.status === 429)
    return new Failed({
      kind: 'rate_limited',
      until: retryAt(answer.headers, now()),
      reason: reasons.rateLimited(server.name, detail),
    })
  if (answer.status === 401)
    return new Failed({ kind: 'reconnect', reason: reasons.tokenRevoked(server.name, detail) })
  if (answer.status === 403)
    return new Failed({
      kind: 'rejected',
      reason: reasons.refused(server.name, detail, 'forbidden'),
    })
  // A server that sends `retry-after` has not carried the request out.
  if (answer.status === 503 && answer.headers['retry-after'] !== undefined)
    return new Failed({ kind: 'temporary', reason: reasons.serverTrouble(server.name, detail) })
  // After a gateway's timeout, or a failure halfway, the request may have been carried out; both may answer 503, too.
  if (answer.status >= 500) return maybeDone(effect, reasons.serverTrouble(server.name, detail))
  return new Failed({ kind: 'rejected', reason: reasons.refused(server.name, detail) })
}

const oneMinute = 60_000

/** When a refused request may be repeated, by any of the usual headers; at least a second from now. */
export function retryAt(headers: OutboundReply['headers'], now: Date): Date {
  const after = headers['retry-after']
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset']
  const said = instantOf(after, now) ?? instantOf(reset, now) ?? now.getTime() + oneMinute
  return new Date(Math.max(said, now.getTime() + 1000))
}

/** What the headers say of the quota, by whichever of the usual names. */
function quotaOf(headers: OutboundReply['headers'] | undefined, now: Date): Exchange['quota'] {
  const told = (name: string) => headers?.[`ratelimit-${name}`] ?? headers?.[`x-ratelimit-${name}`]
  const reset = instantOf(told('reset'), now)
  return {
    limit: wholeNumber(told('limit')),
    left: wholeNumber(told('remaining')),
    resetsAt: reset === null ? null : new Date(reset),
  }
}

const wholeNumber = (text: string | undefined) =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : null

/** Seconds from now, seconds since 1970, or a date. */
function instantOf(value: string | undefined, now: Date): number | null {
  if (value === undefined) return null
  const number = Number(value)
  if (Number.isFinite(number)) return number > 1e9 ? number * 1000 : now.getTime() + number * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : date
}

const certificateCodes = [
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]

const beforeSending = new Set([
  ...certificateCodes,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
])

/** True when the connection was not made at all, so that no byte of the request can have arrived. */
function wasNeverSent(error: unknown): boolean {
  const codes = codesOf(error)
  return codes.length > 0 && codes.every((code) => beforeSending.has(code))
}

/** Fields of an error; checked by shape instead of `instanceof`, as the error may come from another realm. */
interface ErrorShape {
  name?: unknown
  message?: unknown
  code?: unknown
  syscall?: unknown
  cause?: unknown
  errors?: unknown
}
const shapeOf = (error: unknown): ErrorShape | null =>
  typeof error === 'object' && error !== null ? error : null

/** The system's codes of an error and of whatever caused it. */
function codesOf(error: unknown, depth = 0): string[] {
  const shape = shapeOf(error)
  if (!shape || depth > 5) return []
  const { code, syscall, errors, cause } = shape
  const own = typeof code === 'string' ? [code] : []
  // One address of several may have been refused at once and another timed out: both were never sent.
  const connecting = syscall === 'connect' ? ['ECONNREFUSED'] : own
  const inner = Array.isArray(errors) ? errors : [cause]
  return [...connecting, ...inner.flatMap((one) => codesOf(one, depth + 1))]
}

function describe(error: unknown, depth = 0): string {
  const shape = shapeOf(error)
  if (!shape) return String(error)
  const cause =
    shape.cause === undefined || depth > 3 ? '' : `: ${describe(shape.cause, depth + 1)}`
  return `${shape.message || shape.code || shape.name}${cause}`
}

/** Takes the secrets out of a text and shortens it. */
export const scrub = (text: string, { secrets }: Pick<Server, 'secrets'>): string => {
  const clean = secrets
    .filter((secret) => secret.length > 0)
    .reduce(
      (rest, secret) =>
        rest.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***'),
      text,
    )
  return storableText(clean, maxDetail)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
