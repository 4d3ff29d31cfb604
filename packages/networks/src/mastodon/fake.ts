import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import {
  type Controls,
  type Fake,
  type FakeOptions,
  type Manners,
  publishing,
  realFaults,
  serveFake,
} from '../fakes/fake.ts'
import { type FakeReply, type Handler, jsonOf, type Received, router } from '../fakes/serve.ts'
import { markdownHtml, plainHtml } from './fake-html.ts'
import { type Mood, moods } from './fake-moods.ts'
import { oauthOf } from './fake-oauth.ts'
import { type Poll, pollInput, pollRefusal } from './fake-poll.ts'

interface Person {
  id: string
  username: string
  acct: string
  display_name: string
}
interface Attachment {
  id: string
  mime: string
  alt: string
  readyAt: number
}
interface Stored {
  id: string
  by: Person
  text: string
  visibility: string
  createdAt: number
  inReplyTo: string | null
  media: Attachment[]
  spoilerText: string
  poll?: Poll | null
}

const self: Person = { id: '1001', username: 'hamava', acct: 'hamava', display_name: 'هم‌آوا' }
const keyMs = 3_600_000

/** As its documents list them: JPEG, PNG, GIF, HEIC, HEIF, WebP, AVIF; WebM, MP4, QuickTime. */
const fileTypes =
  /^(image\/(jpeg|png|gif|heic|heif|webp|avif)|video\/(webm|mp4|quicktime|ogg)|audio\/[\w.+-]+)$/

/** A link counts 23 whatever its length, a mention counts without its server; the rest counts in graphemes. */
function lengthOf(text: string): number {
  const counted = text
    .replace(/https?:\/\/[^\s]+/gi, 'x'.repeat(23))
    .replace(/(@[\w.-]+)@[\w.-]+\w/g, '$1')
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(counted)].length
}

const statusInput = z.object({
  status: z.string().default(''),
  media_ids: z.array(z.string()).default([]),
  in_reply_to_id: z.string().nullish(),
  sensitive: z.boolean().optional(),
  spoiler_text: z.string().default(''),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).default('public'),
  language: z.string().max(3).optional(),
  poll: pollInput.nullish(),
})

interface MastodonFake extends Fake {
  forgetApps: () => void
}

/** A server that speaks Mastodon's API, with one account. */
export async function createFake(options: FakeOptions = {}): Promise<MastodonFake> {
  const mood: Mood | undefined = moods[options.mood ?? 'mastodon']
  if (!mood) throw new Error(`There is no mood ${options.mood}; there are ${Object.keys(moods)}.`)
  const faults = realFaults(options)
  const statuses = new Map<string, Stored>()
  const media = new Map<string, Attachment>()
  const keys = new Map<string, { answer: () => FakeReply | null; at: number }>()
  const notifications: { id: string; statusId: string }[] = []
  const all = ['read', 'write:statuses', 'write:media']
  const tokens = new Map<string, string[]>([[randomBytes(24).toString('base64url'), all]])
  const weak = randomBytes(24).toString('base64url')
  tokens.set(weak, ['read'])
  const oauth = oauthOf({
    grant: (token) => tokens.set(token, all),
    end: (token) => tokens.delete(token),
  })
  const people = new Map<string, Person>()
  let base = ''
  let lastId = 109_000_000_000_000_000n

  const newId = () => {
    lastId += 7n
    return String(lastId)
  }
  const refusal = (status: number, error: string): FakeReply => ({
    status,
    json: mood.detailIn === 'error' ? { error } : { error: 'Refused', [mood.detailIn]: error },
  })
  const htmlOf = mood.format === 'markdown' ? markdownHtml : plainHtml
  const rateHeaders = (left: number, resetMs: number) => ({
    'x-ratelimit-limit': '300',
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-reset': new Date(Date.now() + resetMs).toISOString(),
  })
  const manners: Manners = {
    rateLimited: (waitMs) => ({
      status: 429,
      headers: rateHeaders(0, waitMs),
      json: { error: 'Too many requests' },
    }),
    outOfOrder: (status) =>
      status === 503
        ? refusal(503, 'Service temporarily unavailable')
        : { status, body: '<html>We’re sorry, something went wrong</html>' },
  }
  const withToken =
    (run: Handler, scope = 'read'): Handler =>
    (request) => {
      const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
      const granted = tokens.get(bearer)
      if (!granted) return refusal(401, 'The access token is invalid')
      if (!granted.includes(scope))
        return refusal(403, 'This action is outside the authorized scopes')
      return run(request)
    }

  const view = (stored: Stored): object => ({
    id: stored.id,
    uri: `${base}/users/${stored.by.username}/statuses/${stored.id}`,
    url: `${base}/@${stored.by.acct}/${stored.id}`,
    created_at: new Date(stored.createdAt).toISOString(),
    content: htmlOf(stored.text, base),
    visibility: stored.visibility,
    spoiler_text: stored.spoilerText,
    sensitive: false,
    in_reply_to_id: stored.inReplyTo,
    in_reply_to_account_id: statuses.get(stored.inReplyTo ?? '')?.by.id ?? null,
    account: accountView(stored.by),
    media_attachments: stored.media.map(({ id, alt }) => ({ id, type: 'image', description: alt })),
    favourites_count: Number(BigInt(stored.id) % 50n),
    reblogs_count: 4,
    replies_count: [...statuses.values()].filter(({ inReplyTo }) => inReplyTo === stored.id).length,
    quotes_count: 0,
  })
  const accountView = (person: Person) => ({
    ...person,
    url: `${base}/@${person.acct}`,
    followers_count: 4321,
    following_count: 21,
    statuses_count: [...statuses.values()].filter(({ by }) => by.id === person.id).length,
  })
  const attachmentView = ({ id, alt, readyAt }: Attachment) => ({
    id,
    type: 'image',
    url: readyAt > Date.now() ? null : `${base}/media/${id}.png`,
    description: alt,
  })
  const isAttached = (id: string) =>
    [...statuses.values()].some((status) => status.media.some((one) => one.id === id))
  const ancestorsOf = (stored: Stored): Stored[] => {
    const parent = statuses.get(stored.inReplyTo ?? '')
    return parent ? [...ancestorsOf(parent), parent] : []
  }
  const save = (facts: Omit<Stored, 'id' | 'createdAt'>): Stored => {
    const stored = { ...facts, id: newId(), createdAt: Date.now() }
    statuses.set(stored.id, stored)
    return stored
  }

  /** The answer stored under the request's key; null if that was still in progress when this request arrived. */
  const known = ({ headers, cameAt }: Received): FakeReply | null => {
    const key = headers['idempotency-key']
    const before = typeof key === 'string' ? keys.get(key) : undefined
    if (!before || before.at > cameAt || Date.now() - before.at >= keyMs) return null
    return before.answer()
  }
  const keep = ({ headers }: Received, answer: () => FakeReply | null) => {
    const key = headers['idempotency-key']
    if (typeof key === 'string') keys.set(key, { answer, at: Date.now() })
  }
  const withKeys =
    (handle: Handler): Handler =>
    async (request) => {
      if (mood.keys === 'never') return handle(request)
      const before = known(request)
      if (before) return before
      const reply = await handle(request)
      const { id } = z.object({ id: z.string() }).catch({ id: '' }).parse(reply.json)
      if (reply.status === 200)
        keep(request, () => {
          const stored = statuses.get(id)
          return stored ? { ...reply, json: view(stored) } : null
        })
      else if (mood.keys === 'any answer') keep(request, () => reply)
      return reply
    }

  const createStatus: Handler = ({ body }) => {
    const parsed = statusInput.safeParse(jsonOf(body))
    if (!parsed.success)
      return refusal(422, `Validation failed: ${parsed.error.issues[0]?.message}`)
    const input = parsed.data
    const attached = input.media_ids.flatMap((id) => media.get(id) ?? [])
    if (input.media_ids.length > mood.maxMedia)
      return refusal(422, `Validation failed: Cannot attach more than ${mood.maxMedia} files`)
    const isEmpty = input.status.trim() === ''
    const { status: sent } = z.looseObject({ status: z.string().optional() }).parse(jsonOf(body))
    if (isEmpty && (attached.length === 0 || (sent !== undefined && !mood.takesEmptyText)))
      return refusal(422, "Validation failed: Text can't be blank")
    if (lengthOf(input.status) + lengthOf(input.spoiler_text) > mood.maxCharacters)
      return refusal(
        422,
        `Validation failed: Text character limit of ${mood.maxCharacters} exceeded`,
      )
    const refused = input.poll && pollRefusal(input.poll, input.media_ids.length)
    if (refused) return refusal(422, refused)
    if (attached.length < input.media_ids.length)
      return refusal(422, 'Validation failed: Media attachments not found')
    if (attached.some(({ readyAt }) => readyAt > Date.now()))
      return refusal(
        422,
        'Cannot attach files that have not finished processing. Try again in a moment!',
      )
    if (input.in_reply_to_id && !statuses.has(input.in_reply_to_id))
      return refusal(404, 'The post you are trying to reply to does not appear to exist.')
    const stored = save({
      by: self,
      text: input.status,
      visibility: input.visibility,
      inReplyTo: input.in_reply_to_id ?? null,
      media: attached,
      spoilerText: input.spoiler_text,
      poll: input.poll ?? null,
    })
    return { status: 200, headers: rateHeaders(299, 300_000), json: view(stored) }
  }

  const upload: Handler = async ({ headers, body }) => {
    const form = await new Response(Buffer.from(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    })
      .formData()
      .catch(() => null)
    const file = form?.get('file')
    if (!file || typeof file === 'string')
      return refusal(422, "Validation failed: File can't be blank")
    if (String(form?.get('description') ?? '').length > mood.maxDescription)
      return refusal(422, 'Validation failed: Description is too long')
    if (!fileTypes.test(file.type))
      return refusal(422, 'Validation failed: File content type is invalid')
    const slow = faults.meets('slow_media')
    const attachment = {
      id: newId(),
      mime: file.type,
      alt: String(form?.get('description') ?? ''),
      readyAt: Date.now() + (slow ? (slow.ms ?? 2000) : 0),
    }
    media.set(attachment.id, attachment)
    return { status: slow ? 202 : 200, json: attachmentView(attachment) }
  }

  const page = <T extends { id: string }>(all: T[], { url }: Received, most: number): T[] => {
    const limit = Math.min(most, Number(url.searchParams.get('limit') ?? 20))
    const minId = url.searchParams.get('min_id')
    const maxId = url.searchParams.get('max_id')
    if (minId !== null && mood.minId === 'following')
      return all
        .filter(({ id }) => BigInt(id) > BigInt(minId))
        .slice(0, limit)
        .reverse()
    const sinceId = url.searchParams.get('since_id') ?? minId
    const below = all.filter(
      ({ id }) =>
        (maxId === null || BigInt(id) < BigInt(maxId)) &&
        (sinceId === null || BigInt(id) > BigInt(sinceId)),
    )
    return below.slice(-limit).reverse()
  }

  const instance = {
    domain: 'fake.test',
    title: 'A fake',
    version: mood.version,
    configuration: {
      statuses: {
        max_characters: mood.maxCharacters,
        max_media_attachments: mood.maxMedia,
        characters_reserved_per_url: 23,
      },
      media_attachments: { description_limit: mood.maxDescription },
    },
  }
  const papers: Record<string, Handler> = mood.software
    ? {
        'GET /.well-known/nodeinfo': () => ({
          status: 200,
          json: {
            links: [
              {
                rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0',
                href: `${base}/nodeinfo/2.0`,
              },
            ],
          },
        }),
        'GET /nodeinfo/2.0': () => ({
          status: 200,
          json: { version: '2.0', software: { name: mood.software, version: mood.version } },
        }),
      }
    : {}
  const network = router(
    {
      ...papers,
      'GET /api/v2/instance': () => ({ status: 200, json: instance }),
      ...oauth.routes,
      'GET /api/v1/accounts/verify_credentials': withToken(() => ({
        status: 200,
        json: {
          ...accountView(self),
          source: {
            privacy: 'public',
            ...(mood.format === 'markdown' && { status_content_type: 'text/markdown' }),
          },
        },
      })),
      'POST /api/v2/media': withToken(upload, 'write:media'),
      'GET /api/v1/media/:id': withToken(({ params }) => {
        const attachment = media.get(params.id ?? '')
        if (!attachment || isAttached(attachment.id)) return refusal(404, 'Record not found')
        return {
          status: attachment.readyAt > Date.now() ? 206 : 200,
          json: attachmentView(attachment),
        }
      }),
      'DELETE /api/v1/media/:id': withToken(({ params }) => {
        const id = params.id ?? ''
        if (!media.has(id)) return refusal(404, 'Record not found')
        if (isAttached(id)) return refusal(422, 'Media attachment is currently used by a status')
        media.delete(id)
        return { status: 200, json: {} }
      }),
      'POST /api/v1/statuses': withToken(
        withKeys(publishing(faults, manners)(createStatus)),
        'write:statuses',
      ),
      'GET /api/v1/statuses/:id': withToken(({ params }) => {
        const stored = statuses.get(params.id ?? '')
        return stored ? { status: 200, json: view(stored) } : refusal(404, 'Record not found')
      }),
      'GET /api/v1/statuses/:id/source': withToken(({ params }) => {
        const stored = statuses.get(params.id ?? '')
        if (!mood.hasSource || stored?.by.id !== self.id) return refusal(404, 'Record not found')
        const { id, text, spoilerText } = stored
        return { status: 200, json: { id, text, spoiler_text: spoilerText } }
      }),
      'DELETE /api/v1/statuses/:id': withToken(({ params }) => {
        const stored = statuses.get(params.id ?? '')
        if (stored?.by.id !== self.id) return refusal(404, 'Record not found')
        statuses.delete(stored.id)
        return { status: 200, json: view(stored) }
      }),
      'GET /api/v1/statuses/:id/context': withToken(({ params }) => {
        const stored = statuses.get(params.id ?? '')
        if (!stored) return refusal(404, 'Record not found')
        const below = [...statuses.values()].filter(({ inReplyTo }) => inReplyTo === stored.id)
        const json = { ancestors: ancestorsOf(stored).map(view), descendants: below.map(view) }
        return { status: 200, json }
      }),
      'GET /api/v1/accounts/:id/statuses': withToken((request) => {
        const stale = faults.meets('stale_list')
        const until = Date.now() - (stale ? (stale.ms ?? 2000) : 0)
        const own = [...statuses.values()].filter(
          ({ by, createdAt }) => by.id === request.params.id && createdAt <= until,
        )
        return { status: 200, json: page(own, request, 40).map(view) }
      }),
      'GET /api/v1/notifications': withToken((request) => {
        const read = page(notifications, request, 80).flatMap(({ id, statusId }) => {
          const stored = statuses.get(statusId)
          return stored ? { id, type: 'mention', status: view(stored) } : []
        })
        return { status: 200, json: read }
      }),
      'GET /api/v1/conversations': withToken((request) => {
        if (!mood.hasConversations) return refusal(404, 'Record not found')
        const last = new Map<string, Stored>()
        for (const stored of statuses.values())
          if (stored.visibility === 'direct')
            last.set(ancestorsOf(stored)[0]?.id ?? stored.id, stored)
        const newest = [...last.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
        const json = page(newest, request, 40).map((stored) => ({
          id: ancestorsOf(stored)[0]?.id ?? stored.id,
          unread: true,
          accounts: [accountView(stored.by)],
          last_status: view(stored),
        }))
        return { status: 200, json }
      }),
    },
    () => refusal(404, 'Record not found'),
  )

  const somebodyWrites = (
    from: string | undefined,
    text: string,
    visibility: string,
    inReplyTo: string | null,
  ) => {
    const username = from ?? 'sara'
    const acct = `${username}@elsewhere.test`
    const by = people.get(acct) ?? { id: newId(), username, acct, display_name: username }
    people.set(acct, by)
    const { id } = save({
      by,
      text: `@hamava ${text}`,
      visibility,
      inReplyTo,
      media: [],
      spoilerText: '',
    })
    notifications.push({ id: newId(), statusId: id })
    return id
  }

  const fake = await serveFake(
    network,
    (url): Controls => {
      base = url
      return {
        connect: { instance: url, accessToken: [...tokens.keys()][0] ?? '' },
        weakly: { instance: url, accessToken: weak },
        live: async () =>
          [...statuses.values()]
            .filter(({ by }) => by.id === self.id)
            .map(({ id, text, inReplyTo, media: attached, poll }) => ({
              id,
              text,
              parent: inReplyTo,
              media: attached.map(({ mime, alt }) => ({ mime, alt })),
              ...(poll && { attached: poll }),
            })),
        fault: async (fault) => {
          faults.add(fault)
        },
        revokeTokens: async () => tokens.clear(),
        comment: async ({ postId, text, from }) => somebodyWrites(from, text, 'public', postId),
        mention: async ({ text, from }) => somebodyWrites(from, text, 'public', null),
        message: async ({ text, from }) => somebodyWrites(from, text, 'direct', null),
      }
    },
    options,
  )
  return { ...fake, forgetApps: oauth.forgetApps }
}
