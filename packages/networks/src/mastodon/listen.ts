import { z } from 'zod'
import type { Incoming, Listen, Tools } from '../connector.ts'
import { outcomeOf, reading } from '../failure.ts'
import { api, type Conversation, type Status } from './api.ts'
import type { Credentials } from './credentials.ts'
import { plainText } from './plain-text.ts'
import { postStatus } from './post-status.ts'

/** The last notification and the last status of a conversation that were read. */
const position = z
  .object({ notification: z.string(), direct: z.string() })
  .catch({ notification: '', direct: '' })
const ref = z.object({ id: z.string(), acct: z.string(), visibility: z.string() })
const maxPages = 50

export const listen: Listen<Credentials> = {
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

  reply: (credentials, { ref: about, text, idempotencyKey }, tools) =>
    outcomeOf(async () => {
      const { id, acct, visibility } = ref.parse(about)
      const body = { status: addressed(text, acct), in_reply_to_id: id, visibility }
      return postStatus(credentials, idempotencyKey, body, tools)
    }),
}

/** Only who is mentioned hears of an answer, and in a direct one only they can read it. */
const addressed = (text: string, acct: string) =>
  text.toLowerCase().includes(`@${acct.toLowerCase()}`) ? text : `@${acct} ${text}`

async function readMentions(credentials: Credentials, after: string, tools: Tools) {
  const items: Incoming[] = []
  let cursor = after
  for (let page = 0; page < maxPages; page += 1) {
    const read =
      cursor === ''
        ? await api.latestMentions(credentials, tools)
        : await api.mentionsAfter(credentials, cursor, tools)
    const oldestFirst = read.toSorted((a, b) => compareIds(a.id, b.id))
    for (const { status } of oldestFirst)
      if (status)
        items.push(incoming(credentials, status, await rootOf(credentials, status, tools)))
    cursor = oldestFirst.at(-1)?.id ?? cursor
    if (read.length === 0 || after === '') break
  }
  // Without any notification yet, the next reading begins at the first there will be.
  return { items, cursor: cursor === '' ? '0' : cursor }
}

async function rootOf(credentials: Credentials, status: Status, tools: Tools): Promise<Status> {
  if (!status.in_reply_to_id) return status
  const { ancestors } = await api.context(credentials, status.id, tools)
  return ancestors[0] ?? status
}

/**
 * Conversations show what notifications do not: our own direct answers. A conversation names only its
 * last status, so the ones above it are looked up.
 */
async function readConversations(credentials: Credentials, after: string, tools: Tools) {
  const items: Incoming[] = []
  let latest = after
  let maxId: string | null = null
  for (let page = 0; page < maxPages; page += 1) {
    const read: Conversation[] = await api.conversations(credentials, maxId, tools)
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

/** Ids are numbers too large for a number, written without leading zeros. */
const compareIds = (a: string, b: string): number =>
  a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length

function incoming({ accountId }: Credentials, status: Status, root: Status): Incoming {
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
