import { z } from 'zod'
import type { Answer, Incoming, Listen, PublishInput, Tools } from '../connector.ts'
import { Failed, outcomeOf, reading } from '../failure.ts'
import { findAmong } from '../find-among.ts'
import { api, type Conversation, type Mention, type Status } from './api.ts'
import type { MastodonCredentials } from './credentials.ts'
import { plainText } from './plain-text.ts'
import { postStatus } from './post-status.ts'
import { own } from './publish.ts'

/** The last notification and the last status of a conversation that were read. */
const position = z
  .object({ notification: z.string(), direct: z.string() })
  .catch({ notification: '', direct: '' })
const ref = z.object({ id: z.string(), acct: z.string(), visibility: z.string() })
const maxPages = 250

export const listen: Listen<MastodonCredentials> = {
  poll: (credentials, cursor, tools) =>
    reading(async () => {
      const before = position.parse(cursor)
      const mentions = await readMentions(credentials, before.notification, tools)
      const direct = await readConversations(credentials, before.direct, tools)
      const items = new Map([...mentions.items, ...direct.items].map((one) => [one.remoteId, one]))
      return {
        items: [...items.values()],
        cursor: { notification: mentions.cursor, direct: direct.cursor },
      }
    }),

  composed: ({ ref: about, text }) => addressed(text, ref.parse(about).acct),

  reply: (credentials, { ref: about, text, idempotencyKey }, tools) =>
    outcomeOf(async () => {
      const { id, acct, visibility } = ref.parse(about)
      const body = { status: addressed(text, acct), in_reply_to_id: id, visibility }
      return postStatus(credentials, idempotencyKey, body, tools)
    }),

  /** An answer is a status of ours like any other. */
  find: (credentials, answer, since, tools) =>
    findAmong(own(credentials, since, tools), asPart(answer)),
}

function asPart({ ref: about, text, idempotencyKey, at, begunAt }: Answer): PublishInput {
  const { id, acct } = ref.parse(about)
  const parent = { id }
  return {
    idempotencyKey,
    dueAt: at,
    begunAt,
    text: addressed(text, acct),
    media: [],
    settings: {},
    languages: [],
    replyTo: { root: parent, parent },
  }
}

/** Adds the mention if it is missing: only mentioned people are notified, and only they can read a direct status. */
const addressed = (text: string, acct: string) => (mentions(text, acct) ? text : `@${acct} ${text}`)

/** Whether the text mentions the handle; the handle within a longer one or within an address does not count. */
function mentions(text: string, acct: string): boolean {
  const handle = acct.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const whole = `(?<![\\p{L}\\p{N}_.@/-])@${handle}(?![\\p{L}\\p{N}_@-]|\\.[\\p{L}\\p{N}])`
  return new RegExp(whole, 'iu').test(text)
}

/** Reads from the newest down to the position, as servers differ in which items `min_id` returns. */
async function readMentions(credentials: MastodonCredentials, after: string, tools: Tools) {
  const heard: Mention[] = []
  let maxId: string | null = null
  for (let page = 0; page < maxPages; page += 1) {
    const read: Mention[] = await api.mentions(credentials, after, maxId, tools)
    const fresh = read.filter(({ id }) => compareIds(id, after) > 0)
    heard.push(...fresh)
    maxId = read.at(-1)?.id ?? null
    if (fresh.length < read.length || maxId === null || after === '') break
  }
  const items: Incoming[] = []
  const oldestFirst = heard.toSorted((a, b) => compareIds(a.id, b.id))
  for (const { status } of oldestFirst)
    if (status) items.push(incoming(credentials, status, await rootOf(credentials, status, tools)))
  const cursor = oldestFirst.at(-1)?.id ?? after
  // '0' while there are no notifications, so that the next poll begins with the very first.
  return { items, cursor: cursor === '' ? '0' : cursor }
}

async function rootOf(
  credentials: MastodonCredentials,
  status: Status,
  tools: Tools,
): Promise<Status> {
  if (!status.in_reply_to_id) return status
  const { ancestors } = await api.context(credentials, status.id, tools)
  return ancestors[0] ?? status
}

/**
 * Conversations show what notifications do not: our own direct answers. A conversation names only its
 * last status, so the ones above it are looked up.
 */
async function readConversations(credentials: MastodonCredentials, after: string, tools: Tools) {
  const items: Incoming[] = []
  let latest = after
  let maxId: string | null = null
  for (let page = 0; page < maxPages; page += 1) {
    const read = await conversationsOf(credentials, maxId, tools)
    const fresh = read.flatMap(({ last_status: last }) =>
      last && compareIds(last.id, after) > 0 ? [last] : [],
    )
    for (const last of fresh) {
      const { ancestors } = await api.context(credentials, last.id, tools)
      const unread = [...ancestors, last].filter((status) => compareIds(status.id, after) > 0)
      const root = ancestors[0] ?? last
      items.push(...unread.map((status) => incoming(credentials, status, root)))
      if (compareIds(last.id, latest) > 0) latest = last.id
    }
    maxId = read.at(-1)?.last_status?.id ?? null
    if (maxId === null || fresh.length < read.length || after === '') break
  }
  return { items, cursor: latest === '' ? '0' : latest }
}

/** [] if the server has no conversations, so that the mentions are still read. */
async function conversationsOf(
  credentials: MastodonCredentials,
  maxId: string | null,
  tools: Tools,
): Promise<Conversation[]> {
  try {
    return await api.conversations(credentials, maxId, tools)
  } catch (error) {
    if (error instanceof Failed && error.failure.reason.code === 'not_found') return []
    throw error
  }
}

/** Ids are integers beyond the safe range of `number`, without leading zeros. */
const compareIds = (a: string, b: string): number =>
  a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length

function incoming({ accountId }: MastodonCredentials, status: Status, root: Status): Incoming {
  const { id, account, content, created_at, url, visibility } = status
  const isComment = root.account.id === accountId && root.id !== id
  return {
    kind: visibility === 'direct' ? 'direct' : isComment ? 'comment' : 'mention',
    remoteId: id,
    threadKey: `status:${root.id}`,
    aboutPostId: isComment && visibility !== 'direct' ? root.id : null,
    author: {
      remoteId: account.id,
      handle: account.acct,
      name: account.display_name || account.username,
    },
    fromChannel: account.id === accountId,
    text: plainText(content),
    at: new Date(created_at),
    permalink: url ?? null,
    ref: { id, acct: account.acct, visibility },
  }
}
