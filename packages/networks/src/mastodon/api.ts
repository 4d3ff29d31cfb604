import { z } from 'zod'
import type { Media, Tools } from '../connector.ts'
import type { Failure } from '../failure.ts'
import { ask, type Call, type Effect, type ParsedReply, type Server } from '../http.ts'
import { multipart } from '../multipart.ts'
import { readMedia } from '../read-media.ts'
import { reasons } from '../reasons.ts'
import type { MastodonCredentials } from './credentials.ts'
import { manifest } from './index.ts'

const { name } = manifest

const account = z.object({
  id: z.string(),
  username: z.string(),
  acct: z.string(),
  display_name: z.string(),
  url: z.string().nullish(),
  followers_count: z.number().optional(),
  following_count: z.number().optional(),
  statuses_count: z.number().optional(),
  source: z.object({ status_content_type: z.string().optional() }).nullish(),
})
export type MastodonAccount = z.infer<typeof account>
const status = z.object({
  id: z.string(),
  url: z.string().nullish(),
  created_at: z.string(),
  content: z.string(),
  visibility: z.string(),
  spoiler_text: z.string().optional(),
  in_reply_to_id: z.string().nullish(),
  in_reply_to_account_id: z.string().nullish(),
  account,
  media_attachments: z.array(z.object({ id: z.string() })),
  favourites_count: z.number().optional(),
  reblogs_count: z.number().optional(),
  replies_count: z.number().optional(),
  quotes_count: z.number().optional(),
})
export type Status = z.infer<typeof status>
const notification = z.object({ id: z.string(), type: z.string(), status: status.nullish() })
export type Mention = z.infer<typeof notification>
const conversation = z.object({
  id: z.string(),
  accounts: z.array(account),
  last_status: status.nullish(),
})
export type Conversation = z.infer<typeof conversation>
const attachment = z.object({ id: z.string(), url: z.string().nullish() })
const instance = z.object({
  version: z.string(),
  configuration: z
    .object({
      statuses: z
        .object({
          max_characters: z.int().positive().optional(),
          max_media_attachments: z.int().positive().optional(),
          characters_reserved_per_url: z.int().positive().optional(),
        })
        .optional(),
      media_attachments: z.object({ description_limit: z.int().positive().optional() }).optional(),
    })
    .optional(),
})
export type Instance = z.infer<typeof instance>
const nodeInfoLinks = z.object({ links: z.array(z.object({ rel: z.string(), href: z.string() })) })
const nodeInfo = z.object({ software: z.object({ name: z.string() }) })
const source = z.object({ id: z.string(), text: z.string() })
const app = z.object({ client_id: z.string(), client_secret: z.string() })
const token = z.object({ access_token: z.string(), scope: z.string().optional() })
/** Servers differ in which field holds the details of an error. */
const error = z.object({
  error: z.string(),
  error_description: z.string().optional(),
  message: z.string().optional(),
})

type Access = Pick<MastodonCredentials, 'server'> & { accessToken?: string; secrets?: string[] }

/** The calls of Mastodon's client API that are used, one each. */
export const api = {
  registerApp: (server: string, json: object, tools: Tools) =>
    call(tools, { server }, 'POST', '/api/v1/apps', app, { json }),

  requestToken: (server: string, json: Record<string, string>, tools: Tools) => {
    const secrets = [json.client_secret ?? '', json.code ?? '', json.code_verifier ?? '']
    return call(tools, { server, secrets }, 'POST', '/oauth/token', token, { json })
  },

  revokeToken: (server: string, json: Record<string, string>, tools: Tools) => {
    const secrets = [json.client_secret ?? '', json.token ?? '']
    return call(tools, { server, secrets }, 'POST', '/oauth/revoke', z.unknown(), { json })
  },

  instance: (server: string, tools: Tools) =>
    call(tools, { server }, 'GET', '/api/v2/instance', instance),

  nodeInfoLinks: (server: string, tools: Tools) =>
    call(tools, { server }, 'GET', '/.well-known/nodeinfo', nodeInfoLinks),

  nodeInfo: (server: string, path: string, tools: Tools) =>
    call(tools, { server }, 'GET', path, nodeInfo),

  verifyCredentials: (access: Access, tools: Tools) =>
    call(tools, access, 'GET', '/api/v1/accounts/verify_credentials', account),

  /** An attachment without a URL is being processed. */
  upload: async (access: Access, media: Media, tools: Tools) => {
    const { fileName, mime, alt } = media
    const form = multipart([
      { name: 'file', fileName, mime, bytes: await readMedia(media) },
      { name: 'description', value: alt.normalize('NFC') },
    ])
    return call(tools, access, 'POST', '/api/v2/media', attachment, form)
  },

  /** Probes `write:media` without an effect: an upload without a file is refused for that, or for lack of rights. */
  uploadNothing: (access: Access, tools: Tools) =>
    call(tools, access, 'POST', '/api/v2/media', z.unknown(), multipart([])),

  /** Probes `write:statuses` without an effect: a status without text and media is refused. */
  postNothing: (access: Access, tools: Tools) =>
    call(tools, access, 'POST', '/api/v1/statuses', z.unknown(), { json: {} }),

  attachment: (access: Access, id: string, tools: Tools) =>
    call(tools, access, 'GET', `/api/v1/media/${id}`, attachment),

  /** Since Mastodon 4.4, and only while no status has it. */
  deleteMedia: (access: Access, id: string, tools: Tools) =>
    call(tools, access, 'DELETE', `/api/v1/media/${id}`, z.unknown()),

  createStatus: (access: Access, key: string, json: object, tools: Tools) =>
    call(
      tools,
      access,
      'POST',
      '/api/v1/statuses',
      status,
      { json, headers: { 'idempotency-key': key } },
      'publishes',
    ),

  status: (access: Access, id: string, tools: Tools) =>
    call(tools, access, 'GET', `/api/v1/statuses/${encodeURIComponent(id)}`, status),

  /** The text as it was sent, for its author. */
  source: (access: Access, id: string, tools: Tools) =>
    call(tools, access, 'GET', `/api/v1/statuses/${encodeURIComponent(id)}/source`, source),

  context: (access: Access, id: string, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `/api/v1/statuses/${encodeURIComponent(id)}/context`,
      z.object({ ancestors: z.array(status), descendants: z.array(status) }),
    ),

  ownStatuses: (access: Access, accountId: string, maxId: string | null, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `/api/v1/accounts/${accountId}/statuses?limit=40&exclude_reblogs=true${maxId ? `&max_id=${maxId}` : ''}`,
      z.array(status),
    ),

  /** Mentions after a position and before another one, newest first. */
  mentions: (access: Access, sinceId: string, maxId: string | null, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `/api/v1/notifications?types[]=mention&limit=80${sinceId ? `&since_id=${sinceId}` : ''}${maxId ? `&max_id=${maxId}` : ''}`,
      z.array(notification),
    ),

  conversations: (access: Access, maxId: string | null, tools: Tools) =>
    call(
      tools,
      access,
      'GET',
      `/api/v1/conversations?limit=40${maxId ? `&max_id=${maxId}` : ''}`,
      z.array(conversation),
    ),
}

function call<S extends z.ZodType>(
  tools: Tools,
  { server, accessToken, secrets = [] }: Access,
  method: Call['method'],
  path: string,
  schema: S,
  extra: Pick<Call, 'json' | 'body' | 'headers'> = {},
  effect: Effect = 'reads',
) {
  const spoken: Server = { name, secrets: [...secrets, accessToken ?? ''], explain }
  const bearer: Record<string, string> = accessToken
    ? { authorization: `Bearer ${accessToken}` }
    : {}
  const headers = { ...bearer, ...extra.headers }
  return ask(tools, spoken, { ...extra, method, url: `${server}${path}`, headers }, schema, effect)
}

/** Mastodon's errors are sentences for people; the HTTP status tells what they mean, and for 422 the sentence. */
function explain({ status: code, json }: ParsedReply): Failure | null {
  const said = error.safeParse(json).data
  if (!said) return null
  const detail = [said.error, said.error_description, said.message].filter(Boolean).join(': ')
  if (code === 403) return { kind: 'reconnect', reason: reasons.accessMissing(name, detail) }
  if (code === 404) return { kind: 'rejected', reason: reasons.refused(name, detail, 'not_found') }
  if (code === 413) return { kind: 'rejected', reason: reasons.mediaRefused(name, detail) }
  if (code === 422) return unprocessable(detail)
  // A 503 with Mastodon's error body is the server's own refusal, not that of a proxy in front of it.
  if (code === 503) return { kind: 'temporary', reason: reasons.serverTrouble(name, detail) }
  return null
}

function unprocessable(detail: string): Failure {
  if (/not finished processing/i.test(detail))
    return { kind: 'temporary', reason: reasons.serverTrouble(name, detail) }
  if (/character limit|too long/i.test(detail))
    return { kind: 'rejected', reason: reasons.textTooLong(name, detail) }
  if (/can'?t be blank/i.test(detail))
    return { kind: 'rejected', reason: reasons.textEmpty(name, detail) }
  if (/\bfile\b|media|attach/i.test(detail))
    return { kind: 'rejected', reason: reasons.mediaRefused(name, detail) }
  return { kind: 'rejected', reason: reasons.refused(name, detail) }
}
