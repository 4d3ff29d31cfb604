import { z } from 'zod'
import type { Media, Tools } from '../connector.ts'
import type { Failure } from '../failure.ts'
import { ask, type Call, type Effect, type ParsedReply, type Server } from '../http.ts'
import { readMedia } from '../read-media.ts'
import { reasons } from '../reasons.ts'
import type { BlueskyCredentials } from './credentials.ts'
import { manifest } from './index.ts'

const { name } = manifest
export const postCollection = 'app.bsky.feed.post'

const session = z.object({
  did: z.string(),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
})
export const strongRef = z.object({ uri: z.string(), cid: z.string() })
export type StrongRef = z.infer<typeof strongRef>
const blob = z.object({ blob: z.record(z.string(), z.json()) })
const record = z.object({
  uri: z.string(),
  cid: z.string(),
  value: z.looseObject({ text: z.string(), createdAt: z.string() }),
})
const author = z.object({
  did: z.string(),
  handle: z.string(),
  displayName: z.string().optional(),
})
const notification = z.object({
  uri: z.string(),
  cid: z.string(),
  author,
  reason: z.string(),
  indexedAt: z.string(),
  record: z.looseObject({
    text: z.string().optional(),
    createdAt: z.string().optional(),
    reply: z.object({ root: strongRef, parent: strongRef }).optional(),
  }),
})
export type Notification = z.infer<typeof notification>
const count = z.number().optional()
const profile = z.object({
  did: z.string(),
  handle: z.string(),
  displayName: z.string().optional(),
  followersCount: count,
  followsCount: count,
  postsCount: count,
})
const postView = z.object({
  uri: z.string(),
  likeCount: count,
  repostCount: count,
  replyCount: count,
  quoteCount: count,
  bookmarkCount: count,
})
const error = z.object({ error: z.string(), message: z.string().optional() })

type Access = Pick<BlueskyCredentials, 'service' | 'accessJwt'>

/** The XRPC calls that are used, one each. */
export const api = {
  createSession: (service: string, identifier: string, password: string, tools: Tools) =>
    call(
      tools,
      { service, secrets: [password] },
      'POST',
      'com.atproto.server.createSession',
      session,
      {
        json: { identifier, password },
      },
    ),

  refreshSession: ({ service, refreshJwt = '' }: BlueskyCredentials, tools: Tools) =>
    call(
      tools,
      { service, accessJwt: refreshJwt },
      'POST',
      'com.atproto.server.refreshSession',
      session,
    ),

  deleteSession: ({ service, refreshJwt = '' }: BlueskyCredentials, tools: Tools) =>
    call(
      tools,
      { service, accessJwt: refreshJwt },
      'POST',
      'com.atproto.server.deleteSession',
      z.unknown(),
    ),

  resolveHandle: (access: Access, handle: string, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `com.atproto.identity.resolveHandle?handle=${encodeURIComponent(handle)}`,
      z.object({ did: z.string() }),
    ),

  uploadBlob: async (access: Access, media: Media, tools: Tools) =>
    call(tools, access, 'POST', 'com.atproto.repo.uploadBlob', blob, {
      body: await readMedia(media),
      headers: { 'content-type': media.mime },
    }),

  /** Writes a post under an id of our own, if nothing is there yet. */
  putPost: (access: Access, repo: string, rkey: string, post: object, tools: Tools) =>
    call(
      tools,
      access,
      'POST',
      'com.atproto.repo.putRecord',
      strongRef,
      { json: { repo, collection: postCollection, rkey, record: post, swapRecord: null } },
      'publishes',
    ),

  /** Newest first. */
  listPosts: (access: Access, repo: string, cursor: string | undefined, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `com.atproto.repo.listRecords?repo=${repo}&collection=${postCollection}&limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      z.object({ records: z.array(record), cursor: z.string().optional() }),
    ),

  getPost: (access: Access, repo: string, rkey: string, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `com.atproto.repo.getRecord?repo=${repo}&collection=${postCollection}&rkey=${rkey}`,
      record,
    ),

  listNotifications: (access: Access, cursor: string | undefined, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `app.bsky.notification.listNotifications?limit=100&reasons=reply&reasons=mention&reasons=quote${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      z.object({ notifications: z.array(notification), cursor: z.string().optional() }),
    ),

  getPosts: (access: Access, uris: string[], tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `app.bsky.feed.getPosts?${uris.map((uri) => `uris=${encodeURIComponent(uri)}`).join('&')}`,
      z.object({ posts: z.array(postView) }),
    ),

  getProfile: (access: Access, actor: string, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `app.bsky.actor.getProfile?actor=${encodeURIComponent(actor)}`,
      profile,
    ),
}

function call<S extends z.ZodType>(
  tools: Tools,
  { service, accessJwt, secrets = [] }: { service: string; accessJwt?: string; secrets?: string[] },
  method: Call['method'],
  path: string,
  schema: S,
  extra: Pick<Call, 'json' | 'body' | 'headers'> = {},
  effect: Effect = 'reads',
) {
  const server: Server = { name, secrets: [...secrets, ...(accessJwt ? [accessJwt] : [])], explain }
  const bearer: Record<string, string> = accessJwt ? { authorization: `Bearer ${accessJwt}` } : {}
  const headers = { ...bearer, ...extra.headers }
  return ask(
    tools,
    server,
    { ...extra, method, url: `${service}/xrpc/${path}`, headers },
    schema,
    effect,
  )
}

/** Bluesky names its refusals; several share a status, and two are said by the message alone. */
function explain({ status, json }: ParsedReply): Failure | null {
  const said = error.safeParse(json).data
  if (!said || status === 429) return null
  const detail = `${said.error}: ${said.message ?? ''}`
  // A 503 with Bluesky's error body is the server's own refusal, not that of a proxy in front of it.
  if (status === 503) return { kind: 'temporary', reason: reasons.serverTrouble(name, detail) }
  switch (said.error) {
    case 'ExpiredToken': {
      const isRevoked = /revoked/i.test(said.message ?? '')
      const reason = isRevoked
        ? reasons.tokenRevoked(name, detail)
        : reasons.tokenExpired(name, detail)
      return { kind: 'reconnect', reason }
    }
    case 'InvalidToken':
    case 'AuthMissing':
    case 'AuthenticationRequired':
      return { kind: 'reconnect', reason: reasons.tokenRevoked(name, detail) }
    case 'AccountTakedown':
    case 'AccountDeactivated':
    case 'AccountSuspended':
      return { kind: 'reconnect', reason: reasons.accessMissing(name, detail) }
    case 'InvalidSwap':
      return { kind: 'duplicate', reason: reasons.keyReused(name, detail) }
    case 'RecordNotFound':
      return { kind: 'rejected', reason: reasons.refused(name, detail, 'not_found') }
    case 'BlobTooLarge':
    case 'PayloadTooLarge':
    case 'InvalidMimeType':
    case 'BlobNotFound':
      return { kind: 'rejected', reason: reasons.mediaRefused(name, detail) }
    case 'InvalidRequest':
      return { kind: 'rejected', reason: explainInvalid(said.message ?? '', detail) }
    default:
      return null
  }
}

function explainInvalid(message: string, detail: string) {
  if (/(grapheme|string) too big/i.test(message)) return reasons.textTooLong(name, detail)
  if (/No service configured/i.test(message)) return reasons.refused(name, detail, noAppView)
  return reasons.refused(name, detail)
}

/** A server that stores posts but shows no feeds cannot say who answered or how a post does. */
export const noAppView = 'reads_unavailable'
