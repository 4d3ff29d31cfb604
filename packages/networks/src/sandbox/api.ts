import { z } from 'zod'
import type { Media, Tools } from '../connector.ts'
import type { Failure } from '../failure.ts'
import { ask, type Call, type Effect, type ParsedReply, type Server } from '../http.ts'
import { readMedia } from '../read-media.ts'
import { reasons } from '../reasons.ts'
import { keyed, type SandboxCredentials } from './credentials.ts'
import { manifest } from './index.ts'

const { name } = manifest
const person = z.object({ handle: z.string(), name: z.string() })
export const post = z.object({
  id: z.string(),
  text: z.string(),
  author: person,
  media: z.array(z.object({ id: z.string() })),
  parent: z.string().nullable(),
  root: z.string(),
  createdAt: z.iso.datetime(),
})
export type ShownPost = z.infer<typeof post>
const message = z.object({
  id: z.string(),
  person,
  fromAccount: z.boolean(),
  text: z.string(),
  createdAt: z.iso.datetime(),
})
export const inboxEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('comment'), post }),
  z.object({ kind: z.literal('mention'), post }),
  z.object({ kind: z.literal('direct'), message }),
])
export type ShownInboxEvent = z.infer<typeof inboxEvent>
const account = z.object({
  handle: z.string(),
  name: z.string(),
  keyed,
  expiresAt: z.iso.datetime().nullable(),
})
const tokens = z.object({
  token: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.iso.datetime().nullable(),
})
const mediaState = z.object({
  id: z.string(),
  state: z.enum(['ready', 'processing']),
  retryAfterMs: z.number(),
})
const numbers = z.record(z.string(), z.number())
const error = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

type Access = Pick<SandboxCredentials, 'url' | 'token'>

/** The sandbox's own API, call by call. */
export const api = {
  me: (access: Access, tools: Tools) => call(tools, access, 'GET', '/me', account),

  refresh: (access: Access, refreshToken: string, tools: Tools) =>
    call(tools, access, 'POST', '/token/refresh', tokens, { json: { refreshToken } }),

  upload: async (access: Access, media: Media, tools: Tools) =>
    call(tools, access, 'POST', '/media', mediaState, {
      body: await readMedia(media),
      headers: { 'content-type': media.mime },
    }),

  mediaState: (access: Access, id: string, tools: Tools) =>
    call(tools, access, 'GET', `/media/${encodeURIComponent(id)}/state`, mediaState),

  deleteMedia: (access: Access, id: string, tools: Tools) =>
    call(tools, access, 'DELETE', `/media/${encodeURIComponent(id)}`, z.unknown()),

  createPost: (access: Access, key: string, json: unknown, tools: Tools) =>
    call(tools, access, 'POST', '/posts', post, { json, headers: withKey(key) }, 'publishes'),

  /** What the account wrote to somebody, newest first. */
  sentMessages: (access: Access, to: string, since: Date, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `/messages?to=${encodeURIComponent(to)}&since=${since.toISOString()}`,
      z.object({ items: z.array(message) }),
    ),

  sendMessage: (access: Access, key: string, json: unknown, tools: Tools) =>
    call(tools, access, 'POST', '/messages', message, { json, headers: withKey(key) }, 'publishes'),

  ownPosts: (access: Access, since: Date, offset: number, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `/posts?limit=1000&offset=${offset}&since=${since.toISOString()}`,
      z.object({ items: z.array(post) }),
    ),

  inbox: (access: Access, after: number, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `/inbox?limit=500&after=${after}`,
      z.object({ items: z.array(inboxEvent), cursor: z.number() }),
    ),

  setWebhook: (access: Access, json: { url: string; secret: string }, tools: Tools) =>
    call(tools, access, 'PUT', '/webhook', z.object({ url: z.string() }), { json }),

  postMetrics: (access: Access, ids: string[], tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `/metrics/posts?ids=${ids.map(encodeURIComponent).join(',')}`,
      z.object({ items: z.array(z.object({ id: z.string(), metrics: numbers })) }),
    ),

  accountMetrics: (access: Access, tools: Tools) =>
    call(tools, access, 'GET', '/metrics/account', numbers),
}

const withKey = (key: string) => ({ 'idempotency-key': key })

function call<S extends z.ZodType>(
  tools: Tools,
  { url, token }: Access,
  method: Call['method'],
  path: string,
  schema: S,
  extra: Pick<Call, 'json' | 'body' | 'headers'> = {},
  effect: Effect = 'reads',
) {
  const server: Server = { name, secrets: [token], explain }
  const headers = { authorization: `Bearer ${token}`, ...extra.headers }
  return ask(tools, server, { ...extra, method, url: `${url}${path}`, headers }, schema, effect)
}

/** The sandbox names every refusal by a code of its own. */
function explain({ status, json }: ParsedReply): Failure | null {
  const said = error.safeParse(json).data?.error
  if (!said) return null
  switch (said.code) {
    case 'token_expired':
      return { kind: 'reconnect', reason: reasons.tokenExpired(name, said.message) }
    case 'text_too_long':
      return { kind: 'rejected', reason: reasons.textTooLong(name, said.message) }
    case 'text_empty':
      return { kind: 'rejected', reason: reasons.textEmpty(name, said.message) }
    case 'media_type_unsupported':
    case 'media_too_large':
      return { kind: 'rejected', reason: reasons.mediaRefused(name, said.message) }
    case 'media_not_ready':
      return { kind: 'temporary', reason: reasons.serverTrouble(name, said.message) }
    case 'parent_not_found':
      return { kind: 'rejected', reason: reasons.parentGone(name, said.message) }
    case 'idempotency_key_reused':
      return { kind: 'duplicate', reason: reasons.keyReused(name, said.message) }
    case 'out_of_order':
      return status === 503
        ? { kind: 'temporary', reason: reasons.serverTrouble(name, said.message) }
        : null
    case 'read_back_unsupported':
      return { kind: 'rejected', reason: reasons.cannotReadBack(name) }
    default:
      return null
  }
}
