import { z } from 'zod'
import { bilingual } from './bilingual.ts'

/** How a person proves that a channel is theirs. */
export const connectMethod = z.enum(['app_password', 'access_token', 'oauth_code', 'bot_token'])
export type ConnectMethod = z.infer<typeof connectMethod>

/** How a network measures the length of a text. Bytes are limited apart, by `maxBytes`. */
export const textUnit = z.enum(['graphemes', 'utf16', 'code_points'])

const mediaLimits = z.object({
  /** MIME types taken as they are. */
  types: z.array(z.string()),
  /** Bytes per file. */
  maxBytes: z.int(),
  /** The most of this kind in one post. */
  max: z.int(),
  /** Longest side in pixels, and the sum of both, where the network limits them. */
  maxSide: z.int().optional(),
  maxSideSum: z.int().optional(),
  /** Width ÷ height (or its inverse) may not be larger. */
  maxRatio: z.number().optional(),
})

/** The kinds of posts that people know from networks. */
export const postFormat = z.enum([
  'text',
  'images',
  'carousel',
  'video',
  'reel',
  'story',
  'document',
  'article',
  'link_card',
  'poll',
])
export type PostFormat = z.infer<typeof postFormat>

/** What a network can do and how much it takes: data only, one per folder of `packages/networks`. */
export const networkManifest = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: bilingual,
    homepage: z.url(),
    connect: z.array(
      z.object({
        method: connectMethod,
        /** What the person types in, in order. `secret` fields are never shown or logged. */
        fields: z.array(
          z.object({
            name: z.string(),
            label: bilingual,
            secret: z.boolean(),
            required: z.boolean(),
            hint: bilingual.optional(),
            default: z.string().optional(),
          }),
        ),
      }),
    ),
    text: z.object({
      max: z.int(),
      unit: textUnit,
      maxBytes: z.int().optional(),
      /** Every link counts as this many units, whatever its length. */
      urlWeight: z.int().optional(),
      /** The limit that applies instead of `max` when the post carries media. */
      captionMax: z.int().optional(),
      /** `@user@host` counts as `@user`. */
      shortMentions: z.boolean().optional(),
      /** Settings that share the text's limit, such as a content warning. */
      countedSettings: z.array(z.string()).readonly().optional(),
    }),
    media: z.object({
      max: z.int(),
      images: mediaLimits.nullable(),
      videos: mediaLimits.nullable(),
      /** Whether images and videos may share one post. */
      mixed: z.boolean(),
      /** The longest alternative text, in the unit of the text; null where the network has none. */
      altMax: z.int().nullable(),
    }),
    /**
     * The kinds of posts that it takes. A post is of the kind that its media make it, or whose setting it has: the one
     * named, with that value where one is named too. `media` is how many files such a post may have, and how large,
     * where that is less than the network takes otherwise.
     */
    formats: z
      .array(
        z.object({
          format: postFormat,
          setting: z.string().optional(),
          value: z.string().optional(),
          media: z.object({ max: z.int(), maxBytes: z.int().optional() }).optional(),
        }),
      )
      .min(1),
    /** What it takes of what a post may have besides its messages, by name: the JSON Schema of each. */
    extras: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
    /** What the generic code may ask of the connector. */
    capabilities: z.array(
      z.enum([
        'publish',
        'thread',
        'first_comment',
        'comments',
        'mentions',
        'direct_messages',
        'webhook',
        'post_metrics',
        'channel_metrics',
      ]),
    ),
    /**
     * What a repeated request does. `client_id`: the network refuses a second one with an id of ours, for ever.
     * `key_first`: it keeps our key for `windowMs` before it begins to work. `key_last`: it keeps the key once the work
     * is done, or when is not known; so the key is sent and never relied on. `none`: it ignores keys. A request may
     * still be under way for `waitMs` after it left; until then, not finding its post proves nothing.
     */
    idempotency: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('client_id') }),
      z.object({ kind: z.literal('key_first'), windowMs: z.int() }),
      z.object({ kind: z.literal('key_last'), windowMs: z.int(), waitMs: z.int() }),
      z.object({ kind: z.literal('none'), waitMs: z.int() }),
    ]),
    /** How long after a request its post is certain to be visible to `find`; null where nothing can be read back. */
    readBack: z.object({ settleMs: z.int() }).nullable(),
    /** What may be published per window, in the network's own units. Its headers teach better figures later. */
    budgets: z.array(
      z.object({
        scope: z.enum(['app', 'channel']),
        limit: z.int(),
        windowMs: z.int(),
        /** Units that one publishing request takes; one when left out. */
        cost: z.int().optional(),
        /** What takes from it: requests that publish alone (when left out), or every request. */
        counts: z.enum(['posts', 'requests']).optional(),
      }),
    ),
    /** What a channel's access must allow, where the network grants scopes: to publish, and with media. */
    scopes: z.object({ publish: z.array(z.string()), media: z.array(z.string()) }).optional(),
    /** JSON Schema of the per-channel settings of a post (visibility, spoiler text …). */
    settings: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Network' })
export type NetworkManifest = z.infer<typeof networkManifest>

/** How bad a finding is: it blocks publishing, something will be changed on the way, or it is advice. */
export const findingLevel = z.enum(['blocks', 'changed', 'advice'])

/** One thing the validator has to say about a post on one network. */
export const finding = z
  .object({
    level: findingLevel,
    /** Stable, for programs: `text_too_long`, `alt_missing` … */
    code: z.string(),
    /** JSON pointer into the post as it was sent: `/text`, `/assets/0/alt`, `/targets/1/variant/text`. */
    pointer: z.string(),
    message: bilingual,
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof finding>

/** The one vocabulary of what came of a request that publishes. */
export const outcomeKind = z.enum([
  'published',
  'pending',
  'rate_limited',
  'temporary',
  'rejected',
  'duplicate',
  'reconnect',
  'unknown_outcome',
])
export type OutcomeKind = z.infer<typeof outcomeKind>

/** The names under which every network's numbers are kept. */
export const metricName = z.enum([
  'impressions',
  'reach',
  'views',
  'likes',
  'reposts',
  'replies',
  'quotes',
  'bookmarks',
  'clicks',
  'followers',
  'following',
  'posts',
])
export type MetricName = z.infer<typeof metricName>
