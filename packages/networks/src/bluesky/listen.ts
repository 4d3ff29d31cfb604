import { z } from 'zod'
import type { Incoming, Listen, Tools } from '../connector.ts'
import { Failed, outcomeOf, reading } from '../failure.ts'
import { api, type Notification, noAppView, strongRef } from './api.ts'
import type { BlueskyCredentials } from './credentials.ts'
import { postId } from './post-id.ts'
import { findRecord, permalinkOf, write } from './publish.ts'

/** The newest notification read, and the URIs already read within the overlap before it. */
const position = z
  .object({ since: z.string(), seen: z.array(z.string()) })
  .catch({ since: '', seen: [] })
const ref = z.object({ parent: strongRef, root: strongRef })
const kinds: Record<string, Incoming['kind']> = {
  reply: 'comment',
  mention: 'mention',
  quote: 'mention',
}

// Notifications are indexed a little out of order, so this long before the position is read again.
const overlapMs = 5 * 60_000
const maxPages = 100
const firstPages = 2
// The cursor is stored; beyond this size, reading an item twice is the lesser evil.
const maxSeen = 2000

export const listen: Listen<BlueskyCredentials> = {
  poll: (credentials, cursor, tools) =>
    reading(async () => {
      const before = position.parse(cursor)
      const read = await readBack(credentials, before.since, tools)
      const heard = new Set(before.seen)
      const fresh = read.filter(({ uri }) => !heard.has(uri))
      const latest = [before.since, ...read.map(({ indexedAt }) => indexedAt)].sort().at(-1) ?? ''
      const edge = overlapBefore(latest)
      return {
        items: fresh.flatMap((one) => incoming(one) ?? []).reverse(),
        cursor: {
          since: latest,
          seen: read
            .filter(({ indexedAt }) => indexedAt >= edge)
            .map(({ uri }) => uri)
            .slice(0, maxSeen),
        },
      }
    }),

  reply: (credentials, { ref: about, text, idempotencyKey, at, begunAt }, tools) =>
    outcomeOf(() =>
      write(
        credentials,
        {
          idempotencyKey,
          dueAt: at,
          createdAt: begunAt,
          text,
          media: [],
          languages: [],
          contentWarning: 'none',
          reply: ref.parse(about),
        },
        tools,
      ),
    ),

  find: (credentials, { text, idempotencyKey, at }, _since, tools) =>
    findRecord(credentials, postId(idempotencyKey, at), text, tools),
}

const overlapBefore = (instant: string): string =>
  instant === '' ? '' : new Date(Date.parse(instant) - overlapMs).toISOString()

/** Notifications back to the position, newest first; none where the server has no feeds. */
async function readBack(credentials: BlueskyCredentials, since: string, tools: Tools) {
  const edge = overlapBefore(since)
  const read: Notification[] = []
  let cursor: string | undefined
  for (let page = 0; page < (since === '' ? firstPages : maxPages); page += 1) {
    const reply = await listPage(credentials, cursor, tools)
    read.push(...reply.notifications.filter(({ indexedAt }) => indexedAt >= edge))
    cursor = reply.cursor
    const oldest = reply.notifications.at(-1)?.indexedAt
    if (!cursor || oldest === undefined || oldest < edge) break
  }
  return read
}

async function listPage(credentials: BlueskyCredentials, cursor: string | undefined, tools: Tools) {
  try {
    return await api.listNotifications(credentials, cursor, tools)
  } catch (error) {
    if (isWithoutAppView(error)) return { notifications: [], cursor: undefined }
    throw error
  }
}

export const isWithoutAppView = (error: unknown): boolean =>
  error instanceof Failed && error.failure.reason.code === noAppView

function incoming({ uri, cid, author, reason, record, indexedAt }: Notification): Incoming | null {
  const kind = kinds[reason]
  if (!kind) return null
  const parent = { uri, cid }
  const root = record.reply?.root ?? parent
  return {
    kind,
    remoteId: uri,
    threadKey: `post:${root.uri}`,
    aboutPostId: record.reply ? root.uri : null,
    author: {
      remoteId: author.did,
      handle: author.handle,
      name: author.displayName || author.handle,
    },
    fromChannel: false,
    text: record.text ?? '',
    at: new Date(record.createdAt ?? indexedAt),
    permalink: permalinkOf(author.handle, uri),
    ref: { parent, root },
  }
}
