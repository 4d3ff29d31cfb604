import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Answer, Incoming, Listen, PublishInput } from '../connector.ts'
import { outcomeOf, reading } from '../failure.ts'
import { findAmong } from '../find-among.ts'
import { api, inboxEvent, type ShownInboxEvent } from './api.ts'
import type { SandboxCredentials } from './credentials.ts'
import { located, own } from './publish.ts'

const position = z.object({ after: z.number() }).catch({ after: 0 })
const ref = z.union([z.object({ postId: z.string() }), z.object({ to: z.string() })])
const delivery = z.object({ items: z.array(inboxEvent) })
const maxPages = 20

export const listen: Listen<SandboxCredentials> = {
  poll: (credentials, cursor, tools) =>
    reading(async () => {
      let { after } = position.parse(cursor)
      const items: Incoming[] = []
      for (let page = 0; page < maxPages; page += 1) {
        const read = await api.inbox(credentials, after, tools)
        after = read.cursor
        items.push(...read.items.map((event) => incoming(event, credentials)))
        if (read.items.length === 0) break
      }
      return { items, cursor: { after } }
    }),

  reply: (credentials, { ref: about, text, idempotencyKey }, tools) =>
    outcomeOf(async () => {
      const target = ref.parse(about)
      if ('to' in target) {
        const json = { to: target.to, text }
        const { id } = await api.sendMessage(credentials, idempotencyKey, json, tools)
        return { kind: 'published', id, permalink: null, ref: { id } }
      }
      const json = { text, parent: target.postId }
      const post = await api.createPost(credentials, idempotencyKey, json, tools)
      return { kind: 'published', ...located(credentials, post) }
    }),

  async find(credentials, answer, since, tools) {
    const target = ref.parse(answer.ref)
    if ('postId' in target)
      return findAmong(own(credentials, since, tools), asPart(answer, target.postId))
    const { items } = await reading(() => api.sentMessages(credentials, target.to, since, tools))
    const found = items.find(({ text }) => text === answer.text.normalize('NFC'))
    if (!found) return 'absent'
    const { id, createdAt } = found
    return { id, permalink: null, ref: { id }, at: new Date(createdAt) }
  },

  webhook: {
    replacesPolling: false,
    needsHttps: false,

    register: (credentials, input, tools) =>
      reading(async () => {
        await api.setWebhook(credentials, input, tools)
      }),

    parse(credentials, { headers, body, secret }) {
      const signed = `${headers['x-sandbox-timestamp'] ?? ''}.${Buffer.from(body).toString('utf8')}`
      const expected = `sha256=${createHmac('sha256', secret).update(signed).digest('hex')}`
      if (!isSame(headers['x-sandbox-signature'] ?? '', expected)) return null
      const parsed = delivery.safeParse(JSON.parse(Buffer.from(body).toString('utf8')))
      return parsed.data?.items.map((event) => incoming(event, credentials)) ?? []
    },
  },
}

/** A comment of ours is a post like any other. */
function asPart({ text, idempotencyKey, at, begunAt }: Answer, postId: string): PublishInput {
  const parent = { id: postId }
  const replyTo = { root: parent, parent }
  return {
    idempotencyKey,
    dueAt: at,
    begunAt,
    text,
    media: [],
    settings: {},
    languages: [],
    replyTo,
  }
}

const isSame = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

function incoming(event: ShownInboxEvent, credentials: SandboxCredentials): Incoming {
  if (event.kind === 'direct') {
    const { id, person, fromAccount, text, createdAt } = event.message
    const self = { handle: credentials.handle, name: credentials.handle }
    const author = fromAccount ? self : person
    return {
      kind: 'direct',
      remoteId: id,
      threadKey: `direct:${person.handle}`,
      aboutPostId: null,
      author: { remoteId: author.handle, ...author },
      fromChannel: fromAccount,
      text,
      at: new Date(createdAt),
      permalink: null,
      ref: { to: person.handle },
    }
  }
  const { id, author, text, root, createdAt } = event.post
  return {
    kind: event.kind,
    remoteId: id,
    threadKey: `post:${root}`,
    aboutPostId: event.kind === 'comment' ? root : null,
    author: { remoteId: author.handle, ...author },
    fromChannel: author.handle === credentials.handle,
    text,
    at: new Date(createdAt),
    permalink: located(credentials, event.post).permalink,
    ref: { postId: id },
  }
}
