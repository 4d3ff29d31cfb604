import type { FaultKind } from '../../fakes/faults.ts'
import type { Place } from './requests.ts'

/**
 * What a repeated request does on an account: `key` stores the key before any work begins, `late` only when the work is
 * done; `readable` ignores keys but lets posts be read back, `none` not even that.
 */
export const keyings = ['key', 'late', 'readable', 'none'] as const
export type Keyed = (typeof keyings)[number]

export interface Person {
  handle: string
  name: string
}

export interface SandboxAccount extends Person {
  keyed: Keyed
  createdAt: number
  /** Posts and messages per window. */
  rateLimit: { limit: number; windowMs: number }
  /** How long an access token lives; null for ever. */
  tokenTtlMs: number | null
}

export interface Token {
  token: string
  refreshToken: string | null
  handle: string
  expiresAt: number | null
}

export interface StoredMedia {
  id: string
  mime: string
  bytes: number
  readyAt: number
  /** How often the same file was uploaded and not taken back; missing in journals from before that could be done. */
  uploads?: number
}

export interface SandboxPost {
  id: string
  author: Person
  text: string
  /** As it was sent, where the network has rewritten it. */
  source?: string
  media: { id: string; mime: string; alt: string }[]
  parent: string | null
  /** The first post of the thread; its own id for a first post. */
  root: string
  visibility: 'public' | 'unlisted'
  location?: Place
  idempotencyKey: string | null
  createdAt: number
}

export interface DirectMessage {
  id: string
  /** The account whose inbox it is in, and the other side. */
  account: string
  person: Person
  fromAccount: boolean
  text: string
  idempotencyKey: string | null
  createdAt: number
}

export interface Webhook {
  handle: string
  url: string
  secret: string
}

/** A fault that affected a request: explains why a post was late or came twice. */
export interface MetFault {
  kind: FaultKind
  handle: string
  /** Method and path. */
  request: string
  /** The request's, if it carried one. */
  idempotencyKey: string | null
  at: number
  /** How long the fault delayed the request, or told the account to wait. */
  waitMs: number
}

/** One line of the journal. */
export type Entry =
  | { t: 'begin'; base: number; seq: number }
  | { t: 'account'; account: SandboxAccount }
  | { t: 'token'; token: Token }
  | { t: 'revoke'; handle: string; until: number | null }
  | { t: 'media'; media: StoredMedia }
  | { t: 'media_gone'; id: string }
  | { t: 'post'; post: SandboxPost }
  | { t: 'post_gone'; id: string }
  | { t: 'message'; message: DirectMessage }
  | { t: 'fault'; fault: MetFault }
  | { t: 'webhook'; handle: string; webhook: Webhook | null }

/** Something that reached an account's inbox. */
export type InboxEvent = { seq: number } & (
  | { kind: 'comment' | 'mention'; post: SandboxPost }
  | { kind: 'direct'; message: DirectMessage }
)
