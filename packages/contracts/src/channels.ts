import { z } from 'zod'
import { type BodyOf, event, request } from './define.ts'
import { channelId, workspaceId } from './ids.ts'
import { connectMethod } from './network.ts'
import { instant, pageOf, pageQuery } from './page.ts'
import { reason } from './reason.ts'

/** What a channel's own server takes, where servers differ; what is left out is as its network says. */
export const channelLimits = z
  .object({
    /** As `text.max`, `text.urlWeight`, `media.max` and `media.altMax` of the network. */
    textMax: z.int().optional(),
    urlWeight: z.int().optional(),
    mediaMax: z.int().optional(),
    altMax: z.int().optional(),
    /** The server renders Markdown: formatting characters are not shown as they were written. */
    readsMarkdown: z.boolean().optional(),
  })
  .meta({ id: 'ChannelLimits' })
export type ChannelLimits = z.infer<typeof channelLimits>

export const unreadable = z.object({ since: instant, reason }).meta({ id: 'Unreadable' })
export type Unreadable = z.infer<typeof unreadable>

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
    /**
     * Since when, and why, incoming messages cannot be read. Publishing need not suffer from it. Missing in older
     * events.
     */
    unreadable: unreadable.nullable().default(null),
    /** Missing in events from before limits were read. */
    limits: channelLimits.default({}),
    createdAt: instant,
    version: z.int(),
  })
  .meta({ id: 'Channel' })
export type Channel = z.infer<typeof channel>

/** A channel with what only publishing knows of it. */
export const channelDetail = channel
  .extend({
    /**
     * Nothing leaves before `waitsUntil`: the network asked to wait, a quota is used up, or it failed too often in a
     * row.
     */
    waitsUntil: instant.nullable(),
    /** Whether its access is renewed without a person before `expiresAt`. */
    renews: z.boolean(),
    /** How it was connected, without secrets, to connect it again. Null for channels from before this was kept. */
    connectedBy: z
      .object({ method: connectMethod, fields: z.record(z.string(), z.string()) })
      .nullable(),
  })
  .meta({ id: 'ChannelDetail' })
export type ChannelDetail = z.infer<typeof channelDetail>

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

const oneChannel = z.object({ id: channelId })

export const connectChannel = request('publishing.channel.connect', channelInput, channel)
export const startOAuth = request('publishing.oauth.start', oauthStartInput, oauthStarted)
export const finishOAuth = request('publishing.oauth.finish', oauthFinishInput, channel)
export const getChannel = request('publishing.channel.get', oneChannel, channelDetail)
export const listChannels = request('publishing.channel.list', pageQuery, pageOf(channelDetail))
export const removeChannel = request('publishing.channel.remove', oneChannel, oneChannel)
/** The channels of these ids that exist in the workspace; the others are left out. */
export const resolveChannels = request(
  'publishing.channel.resolve',
  z.object({ ids: z.array(channelId).max(500) }),
  z.object({ channels: z.array(channel) }),
)
/**
 * Short-lived access to a channel for reading: the channel as it is, and the credentials, sealed (JWE) to the caller's
 * public key. Refresh tokens stay behind.
 */
export const accessChannel = request(
  'publishing.channel.access',
  z.object({ id: channelId, publicKey: z.record(z.string(), z.unknown()) }),
  z.object({
    channel,
    sealed: z.string(),
    /** Opaque name of the mailbox that all channels of the same access share; null where each channel has its own. */
    mailbox: z.string().nullable(),
  }),
)

/**
 * Reports that the network refused lent access twice, the second time just after it was lent, so that everybody learns
 * it. A report about an older `version` of the channel has no effect.
 */
export const reportLostAccess = request(
  'publishing.channel.report-lost-access',
  z.object({ id: channelId, version: z.int(), reason }),
  z.object({ isLost: z.boolean() }),
)

/** A channel cannot be read, or can be read again (null). Repeated until publishing has answered. */
export const reportReading = request(
  'publishing.channel.report-reading',
  z.object({ id: channelId, unreadable: unreadable.nullable() }),
  z.object({}),
)

export const channelChanged = event(
  'publishing.channel.changed.v1',
  z.object({
    channelId,
    /**
     * `changed`: its network has another id, name or address for it, its server takes something else, or it cannot be
     * read, or can be again.
     */
    action: z.enum(['connected', 'reconnected', 'changed', 'needs_reconnect', 'removed']),
    before: channel.nullable(),
    after: channel.nullable(),
  }),
)

/** The channel as a change leaves it, for services that follow channels; null where the event carries no channel. */
export function channelAfter({
  action,
  before,
  after,
}: BodyOf<typeof channelChanged>): (Channel & { isActive: boolean }) | null {
  const isActive = action !== 'needs_reconnect' && action !== 'removed'
  if (after) return { ...after, isActive }
  // A removed channel has no version any more; its removal counts as the version after the last one.
  return before && { ...before, version: before.version + 1, isActive }
}
