import { z } from 'zod'
import { bilingual } from './bilingual.ts'
import { event, request } from './define.ts'
import {
  channelId,
  conversationId,
  idOf,
  messageId,
  postId,
  publicationId,
  workspaceId,
} from './ids.ts'
import { connectMethod, outcomeKind } from './network.ts'
import { instant, pageOf, pageQuery } from './page.ts'
import { publicationState } from './publication-state.ts'
import { replaced, replacement } from './scheduling.ts'

// ── Channels ────────────────────────────────────────────────────────────────────────────────────

/** Why, for programs (`code`) and people; `detail` is what the network said. */
export const reason = z
  .object({ code: z.string(), message: bilingual, fix: bilingual, detail: z.string().optional() })
  .meta({ id: 'Reason' })

export const channel = z
  .object({
    id: channelId,
    workspaceId,
    network: z.string(),
    externalId: z.string(),
    handle: z.string(),
    name: z.string(),
    url: z.string().nullable(),
    /** `reconnect`: the network refused our access; its publications are held until it is back. */
    health: z.enum(['ok', 'reconnect']),
    healthReason: reason.nullable(),
    scopes: z.array(z.string()),
    expiresAt: instant.nullable(),
    createdAt: instant,
    version: z.int(),
  })
  .meta({ id: 'Channel' })
export type Channel = z.infer<typeof channel>

const fields = z.record(z.string().max(50), z.string().max(4000))

/** Connects a channel, or reconnects the one with the same account on the same network. */
export const channelInput = z
  .strictObject({
    network: z.string(),
    method: connectMethod.exclude(['oauth_code']),
    /** As `GET /v1/networks` lists them for the method. Secrets are encrypted at once and never shown again. */
    fields,
  })
  .meta({
    id: 'ChannelInput',
    examples: [
      {
        network: 'telegram',
        method: 'bot_token',
        fields: { token: '123456:secret', chat: '@hamava' },
      },
    ],
  })

export const oauthStartInput = z
  .strictObject({ network: z.string(), fields, redirectUri: z.url() })
  .meta({
    id: 'OAuthStartInput',
    examples: [
      {
        network: 'mastodon',
        fields: { instance: 'https://mastodon.social' },
        redirectUri: 'https://hamava.example.org/connected',
      },
    ],
  })
export const oauthStarted = z
  .object({ authorizeUrl: z.url(), state: z.string() })
  .meta({ id: 'OAuthStarted' })
export const oauthFinishInput = z
  .strictObject({ state: z.string().max(200), code: z.string().max(2000) })
  .meta({
    id: 'OAuthFinishInput',
    examples: [{ state: 'from-the-first-step', code: 'from-the-network' }],
  })

// ── Publications ────────────────────────────────────────────────────────────────────────────────

/** One try to make one part of a publication happen. Without `finishedAt` its outcome is not known. */
export const attempt = z
  .object({
    id: idOf('attempt'),
    number: z.int(),
    part: z.int(),
    step: z.enum(['publish', 'check', 'find']),
    startedAt: instant,
    finishedAt: instant.nullable(),
    outcome: outcomeKind.or(z.literal('absent')).nullable(),
    /** SHA-256 of what was sent. */
    fingerprint: z.string(),
    idempotencyKey: z.string(),
    reason: reason.nullable(),
  })
  .meta({ id: 'Attempt' })
export type Attempt = z.infer<typeof attempt>

/** What happened to a publication, in order, for people and for evidence. */
export const timelineEntry = z
  .object({
    at: instant,
    what: z.enum(['planned', 'due', 'attempt_started', 'attempt_finished', 'published']),
    attemptId: z.string().nullable(),
    outcome: z.string().nullable(),
  })
  .meta({ id: 'TimelineEntry' })

export const publication = z
  .object({
    id: publicationId,
    workspaceId,
    kind: z.enum(['post', 'message']),
    postId: postId.nullable(),
    messageId: messageId.nullable(),
    channelId,
    network: z.string(),
    state: publicationState,
    dueAt: instant,
    /** When it will be tried next, if it waits for something. */
    nextAttemptAt: instant.nullable(),
    publishedAt: instant.nullable(),
    /** From the due time to the first request that led to publishing, in milliseconds. */
    latenessMs: z.int().nullable(),
    remoteId: z.string().nullable(),
    permalink: z.string().nullable(),
    /** The parts that are up: the post, its thread, its first comment. */
    parts: z.array(
      z.object({ part: z.int(), id: z.string(), permalink: z.string().nullable(), at: instant }),
    ),
    partCount: z.int(),
    approved: z.boolean(),
    /** Why it is where it is, unless all is well. */
    reason: reason.nullable(),
    version: z.int(),
    /** Rises with every change of state; events may arrive in another order. */
    revision: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'Publication' })
export type Publication = z.infer<typeof publication>

export const publicationDetail = publication
  .extend({ attempts: z.array(attempt), timeline: z.array(timelineEntry) })
  .meta({ id: 'PublicationDetail' })
export type PublicationDetail = z.infer<typeof publicationDetail>

/** A person's word on an unconfirmed publication. */
export const resolution = z
  .union([
    z.strictObject({ isLive: z.literal(true), permalink: z.url().max(2000) }),
    z.strictObject({ isLive: z.literal(false) }),
  ])
  .meta({
    id: 'Resolution',
    examples: [{ isLive: true, permalink: 'https://t.me/hamava/42' }],
  })

// ── Requests ────────────────────────────────────────────────────────────────────────────────────

const oneChannel = z.object({ id: channelId })
const onePublication = z.object({ id: publicationId })

export const connectChannel = request('publishing.channel.connect', channelInput, channel)
export const startOAuth = request('publishing.channel.oauth-start', oauthStartInput, oauthStarted)
export const finishOAuth = request('publishing.channel.oauth-finish', oauthFinishInput, channel)
export const getChannel = request('publishing.channel.get', oneChannel, channel)
export const listChannels = request('publishing.channel.list', pageQuery, pageOf(channel))
export const removeChannel = request('publishing.channel.remove', oneChannel, oneChannel)
/** The channels of these ids that exist in the workspace; the others are left out. */
export const resolveChannels = request(
  'publishing.channel.resolve',
  z.object({ ids: z.array(channelId).max(200) }),
  z.object({ channels: z.array(channel) }),
)
/**
 * Short-lived access to a channel for reading: the credentials, sealed (JWE) to the caller's public
 * key. Refresh tokens stay behind.
 */
export const accessChannel = request(
  'publishing.channel.access',
  z.object({ id: channelId, publicKey: z.record(z.string(), z.unknown()) }),
  z.object({ network: z.string(), sealed: z.string() }),
)

export const replacePublications = request('publishing.publication.replace', replacement, replaced)
export const getPublication = request(
  'publishing.publication.get',
  onePublication,
  publicationDetail,
)
export const listPublications = request(
  'publishing.publication.list',
  pageQuery.extend({
    state: publicationState.optional(),
    channelId: channelId.optional(),
    postId: postId.optional(),
    kind: z.enum(['post', 'message']).optional(),
  }),
  pageOf(publication),
)
export const retryPublication = request('publishing.publication.retry', onePublication, publication)
export const settlePublication = request(
  'publishing.publication.resolve',
  onePublication.extend({ resolution }),
  publication,
)

// ── Events ──────────────────────────────────────────────────────────────────────────────────────

export const channelChanged = event(
  'publishing.channel.changed.v1',
  z.object({
    channelId,
    action: z.enum(['connected', 'reconnected', 'needs_reconnect', 'removed']),
    before: channel.nullable(),
    after: channel.nullable(),
  }),
)
/** A publication is in another state; being published has an event of its own besides. */
export const publicationChanged = event(
  'publishing.publication.changed.v1',
  z.object({
    publicationId,
    before: z.object({ state: publicationState }).nullable(),
    after: publication,
  }),
)
/** It is live: the fact that analytics and listening wait for. */
export const publicationPublished = event(
  'publishing.publication.published.v1',
  z.object({
    publicationId,
    kind: z.enum(['post', 'message']),
    postId: postId.nullable(),
    messageId: messageId.nullable(),
    conversationId: conversationId.nullable(),
    channelId,
    network: z.string(),
    remoteId: z.string(),
    permalink: z.string().nullable(),
    /** What the connector needs to read it again. */
    ref: z.unknown(),
    publishedAt: instant,
  }),
)
