import { z } from 'zod'

/**
 * Every id is a prefix and a lower-case ULID (`pub_01k…`): it says what it names and sorts by the
 * time it was made.
 */
export const idPrefixes = {
  workspace: 'ws',
  member: 'mem',
  person: 'usr',
  session: 'ses',
  apiKey: 'key',
  auditEvent: 'aud',
  channel: 'ch',
  post: 'post',
  asset: 'ast',
  publication: 'pub',
  attempt: 'att',
  hold: 'hold',
  conversation: 'conv',
  message: 'msg',
  event: 'evt',
} as const

export type IdKind = keyof typeof idPrefixes

/** The schema of one kind of id. */
export const idOf = (kind: IdKind) =>
  z
    .string()
    .regex(
      new RegExp(`^${idPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`),
      `is not a ${kind} id (${idPrefixes[kind]}_…)`,
    )

export const workspaceId = idOf('workspace')
export const memberId = idOf('member')
export const channelId = idOf('channel')
export const postId = idOf('post')
export const assetId = idOf('asset')
export const publicationId = idOf('publication')
export const conversationId = idOf('conversation')
export const messageId = idOf('message')
