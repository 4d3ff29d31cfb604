import type {
  ChannelLimits,
  Extras,
  MetricName,
  NetworkManifest,
  OutboundReply,
  OutboundRequest,
  Reason,
} from '@hamava/contracts'
import type { z } from 'zod'

/** A value that can be stored as JSON. Only the network's connector knows its shape. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** All that a connector may touch of the outside world. */
export interface Tools {
  /** The shared, timed, guarded way out. Throws when no whole reply came; the error's code tells why. */
  send: (request: OutboundRequest) => Promise<OutboundReply>
  now: () => Date
  signal?: AbortSignal
  /** Called with every call that was made, for evidence and for quotas. */
  onExchange?: (seen: Exchange) => void
  /** Called when the network says that the account has a new id, although it is the same channel to people. */
  moved?: (to: Moved) => void
}

/** What has changed of a channel that has moved. */
export interface Moved {
  credentials: unknown
  account: Partial<Account>
}

/** One call and its answer, without secrets. */
export interface Exchange {
  at: Date
  method: string
  /** Without its query. */
  url: string
  /** Null when no answer came. */
  status: number | null
  /** The beginning of the answer, or why there was none. */
  reply: string
  ms: number
  /** Whether the call publishes; only the quotas of such calls count. */
  publishes: boolean
  /** What the answer's headers say of the quota; null where they do not. */
  quota: { limit: number | null; left: number | null; resetsAt: Date | null }
}

/** A media file as a connector sees it; its bytes are read only when they are needed. */
export interface Media {
  kind: 'image' | 'video'
  mime: string
  bytes: number
  width: number | null
  height: number | null
  alt: string
  fileName: string
  read: () => Promise<Uint8Array>
}

/**
 * One part to be put on a channel: the post itself (part 0), a following part of its thread, or the
 * first comment. `replyTo` holds the refs of the parts that are already up.
 */
export interface PublishInput<Settings = unknown> {
  /** The same for every try of this part, derived from the publication id. */
  idempotencyKey: string
  /** The time the publication was due; stable over retries, so an id made from it is too. */
  dueAt: Date
  /** When the first request of this part that may have been carried out began; unchanged while in doubt. */
  begunAt: Date
  text: string
  media: Media[]
  settings: Settings
  /** The post's other content, with its first part only. */
  extras?: Extras
  /** BCP 47 tags of the text, when known. */
  languages: string[]
  replyTo?: { root: Json; parent: Json }
}

/** A part that is up. */
export interface Published extends Located {
  kind: 'published'
}

/** Where a post is; `at` is its creation time by the network, if it tells. */
export interface Located {
  id: string
  permalink: string | null
  ref: Json
  at?: Date
}

/** A refusal. `isKeyUsedUp`: the network keeps the refusal under the idempotency key and would only repeat it. */
interface Refusal {
  reason: Reason
  isKeyUsedUp?: boolean
}

/** What came of a request. `ref` is what a later part, a reply or a reader needs to point at the post. */
export type Outcome =
  | Published
  /**
   * The network is not done. While `preparing`, nobody can see anything of it before a further request of ours;
   * while `publishing`, the network makes it visible by itself.
   */
  | { kind: 'pending'; stage: 'preparing' | 'publishing'; state: Json; checkAfterMs: number }
  | ({ kind: 'rate_limited'; until: Date } & Refusal)
  /** Nothing was sent, or the network said that it did nothing: safe to try again. */
  | ({ kind: 'temporary' } & Refusal)
  /** `mayBeUp`: sending again is useless, but the request may have been carried out. */
  | ({ kind: 'rejected'; mayBeUp?: boolean } & Refusal)
  | { kind: 'duplicate'; reason: Reason }
  /**
   * The network refused our access. With the code `token_expired`, a refresh (where there is one) may mend
   * it; otherwise only a person can.
   */
  | { kind: 'reconnect'; reason: Reason }
  /** The request may have been carried out; only `find` or the same key can tell. */
  | { kind: 'unknown_outcome'; reason: Reason }

/** Every outcome but the good ones. */
export type Failure = Extract<Outcome, { reason: Reason }>

export interface Account {
  /** The network's own, unchanging id of the account, chat or page. */
  externalId: string
  handle: string
  name: string
  url: string | null
}

/** A channel just connected (or refreshed): what to store encrypted, and when it expires. */
export interface Connected<Credentials = unknown> {
  credentials: Credentials
  account: Account
  /** When the access token must have been refreshed; null where it does not expire. */
  expiresAt: Date | null
  scopes: string[]
  /** The limits that the channel's server states, if any. */
  limits?: ChannelLimits
}

/** `revoked` is a confirmed refusal by the network; anything else is a blip and must not disconnect. */
export type Refreshed<Credentials = unknown> =
  | { kind: 'refreshed'; credentials: Credentials; expiresAt: Date | null }
  | { kind: 'revoked'; reason: Reason }
  | { kind: 'temporary'; reason: Reason }

export interface Connect<Credentials = unknown> {
  /** Parses what was stored; each network's own shape. */
  credentials: z.ZodType<Credentials>
  /** Verifies typed-in fields (of `manifest.connect`) by asking the network. Throws `NetworkError`. */
  verify(fields: Record<string, string>, tools: Tools): Promise<Connected<Credentials>>
  /** The OAuth code flow, where the network has one. `pending` is kept encrypted between the two steps. */
  oauth?: {
    /**
     * For networks where each server has its own app registrations: the server's name. The app is registered once,
     * stored sealed, and passed to `start` for everybody who connects there with the same redirect URI.
     */
    serverOf?(fields: Record<string, string>): string
    /** `app` is the stored registration, null at first; the returned `app` replaces it. */
    start(
      input: { fields: Record<string, string>; redirectUri: string; state: string; app: Json },
      tools: Tools,
    ): Promise<{ authorizeUrl: string; pending: Json; app?: Json }>
    finish(
      input: { code: string; redirectUri: string; pending: Json },
      tools: Tools,
    ): Promise<Connected<Credentials>>
  }
  refresh?(credentials: Credentials, tools: Tools): Promise<Refreshed<Credentials>>
  /** Ends our access at the network, and what it sends us, when nobody uses it any more. Throws `NetworkError`. */
  revoke?(credentials: Credentials, tools: Tools): Promise<void>
  /** The software and limits of the channel's server, where servers differ; asked daily. Throws `NetworkError`. */
  readServer?(
    credentials: Credentials,
    tools: Tools,
  ): Promise<{ credentials: Credentials; limits: ChannelLimits }>
  /** The app in whose name the channel is used, where budgets are counted by app. */
  appId?(credentials: Credentials): string
  /** The credentials without the secret that renews them, for services that only read; missing if there is none. */
  accessOnly?(credentials: Credentials): Credentials
}

/** What a repeated request does, and whether a request can be looked for afterwards. */
export type Guarantees = Pick<NetworkManifest, 'idempotency' | 'readBack'>

/** A post that is on the channel, whoever put it there. */
export interface OwnPost {
  id: string
  permalink: string | null
  ref: Json
  at: Date
  /** Whether the post shows this part's text, even if the network has changed its form. */
  shows(input: PublishInput): boolean
  /** Whether the post resembles this part, so that calling `isMadeFrom` is worth a request. */
  resembles?(input: PublishInput): boolean
  /**
   * For networks that may rewrite a text beyond recognition, when `shows` is false: whether the post was made from this
   * part. `unclear` when the network does not tell. Throws `NetworkError`.
   */
  isMadeFrom?(input: PublishInput): Promise<boolean | 'unclear'>
}

/** What a lookup on the channel found. `unclear`: a post there may be the part, and nothing can tell. */
export type Found = Located | 'absent' | 'unclear'

export interface Publish<Credentials = unknown, Settings = unknown> {
  /** Parses the settings of a post; also published as JSON Schema in the manifest. */
  settings: z.ZodType<Settings>
  /** What this channel guarantees, if channels of the network differ; else the manifest decides (`guaranteesOf`). */
  guarantees?(credentials: Credentials): Guarantees
  publish(credentials: Credentials, input: PublishInput<Settings>, tools: Tools): Promise<Outcome>
  /**
   * Uploads ahead of time what the network lets wait: media, mostly. It stays invisible, and preparing may be repeated.
   * At the due time `check` continues from the state with one small request.
   */
  prepare?(
    credentials: Credentials,
    input: PublishInput<Settings>,
    tools: Tools,
  ): Promise<{ kind: 'prepared'; state: Json } | Failure>
  /**
   * Deletes unused uploads that `prepare` or a `preparing` outcome left on the network, where the network allows it.
   * Throws `NetworkError`.
   */
  discard?(credentials: Credentials, state: Json, tools: Tools): Promise<void>
  /** Goes on with a `pending` outcome, or from what was prepared. */
  check?(
    credentials: Credentials,
    state: Json,
    input: PublishInput<Settings>,
    tools: Tools,
  ): Promise<Outcome>
  /**
   * Looks on the channel for a part that may be live, not older than `since`. Returns `absent` only if the network was
   * really read and the part would have been recognised. Throws `NetworkError`.
   */
  find?(
    credentials: Credentials,
    input: PublishInput<Settings>,
    since: Date,
    tools: Tools,
  ): Promise<Found>
  /** All that is on the channel since then, newest first; read page by page. Throws `NetworkError`. */
  own?(credentials: Credentials, since: Date, tools: Tools): AsyncIterable<OwnPost>
}

/** Something that somebody wrote to or about a channel. */
export interface Incoming {
  kind: 'comment' | 'mention' | 'direct'
  /** Unique on the channel, for ever: the same item twice is stored once. */
  remoteId: string
  /** Items with the same key form one conversation. */
  threadKey: string
  /** The network's id of the post that was commented on, if one. */
  aboutPostId: string | null
  author: { remoteId: string; handle: string; name: string }
  /**
   * The recipients where channels share a mailbox: ids or handles of accounts, the likeliest first; null is the channel
   * connected first. Left out, it is the channel that was read.
   */
  to?: (string | null)[]
  /** True for what the channel itself wrote (our own answers seen again). */
  fromChannel: boolean
  text: string
  at: Date
  permalink: string | null
  /** What `reply` needs to answer this item. */
  ref: Json
}

/** An answer to an item. */
export interface Answer {
  /** The item's. */
  ref: Json
  text: string
  /** The same for every try. */
  idempotencyKey: string
  at: Date
  /** As of `PublishInput`. */
  begunAt: Date
}

export interface Listen<Credentials = unknown> {
  /**
   * An identifier, possibly secret, that is equal for all channels whose items arrive in one mailbox (a bot's): one
   * reader serves them all. Left out where every channel has its own mailbox.
   */
  mailboxOf?(credentials: Credentials): string
  /** Reads what is new since `cursor` (null at first). Delivering an item twice is allowed, losing one is not. */
  poll(
    credentials: Credentials,
    cursor: Json,
    tools: Tools,
  ): Promise<{ items: Incoming[]; cursor: Json }>
  /** The text of an answer as `reply` sends it, where something is added to it. */
  composed?(answer: Pick<Answer, 'ref' | 'text'>): string
  /** Answers an item, with what `guaranteesOf` the channel promises. */
  reply(credentials: Credentials, answer: Answer, tools: Tools): Promise<Outcome>
  /** Looks for an answer that may be there, as `find` of `Publish` does. */
  find?(credentials: Credentials, answer: Answer, since: Date, tools: Tools): Promise<Found>
  webhook?: {
    /** While a webhook is registered, the network refuses to be polled. */
    replacesPolling: boolean
    /** The network delivers to https addresses alone. */
    needsHttps: boolean
    /** Tells the network where to send; `secret` is what `parse` will be given. */
    register(
      credentials: Credentials,
      input: { url: string; secret: string },
      tools: Tools,
    ): Promise<void>
    /** Null when the signature is wrong. `headers` have lower-case names. */
    parse(
      credentials: Credentials,
      request: { headers: Record<string, string>; body: Uint8Array; secret: string },
    ): Incoming[] | null
  }
}

export type Metrics = Partial<Record<MetricName, number>>

export interface Measure<Credentials = unknown> {
  /** Numbers of posts by the network's id; a post that is gone is left out. Throws `NetworkError`. */
  posts?(
    credentials: Credentials,
    posts: { id: string; ref: Json }[],
    tools: Tools,
  ): Promise<{ id: string; metrics: Metrics }[]>
  channel?(credentials: Credentials, tools: Tools): Promise<Metrics>
}

/** One network: its manifest and its abilities. Generic code checks for an ability, never for a network's name. */
export interface Connector<Credentials = unknown, Settings = unknown> {
  manifest: NetworkManifest
  connect: Connect<Credentials>
  publish?: Publish<Credentials, Settings>
  listen?: Listen<Credentials>
  measure?: Measure<Credentials>
}

/** What a channel guarantees: by its own `guarantees` if there are any, else by its network's manifest. */
export const guaranteesOf = ({ manifest, publish }: Connector, credentials: unknown): Guarantees =>
  publish?.guarantees?.(credentials) ?? manifest

/** Why a call that reads or connects could not be answered; writing calls answer with an `Outcome` instead. */
export class NetworkError extends Error {
  override name = 'NetworkError'
  readonly kind: 'rate_limited' | 'temporary' | 'rejected' | 'reconnect'
  readonly reason: Reason
  readonly retryAt: Date | null

  constructor(
    kind: NetworkError['kind'],
    reason: Reason,
    retryAt: Date | null = null,
    options?: ErrorOptions,
  ) {
    super(reason.message.en, options)
    this.kind = kind
    this.reason = reason
    this.retryAt = retryAt
  }
}
