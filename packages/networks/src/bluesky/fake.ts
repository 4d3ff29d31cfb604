import { createHash, randomBytes } from 'node:crypto'
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
import { embed, imagesOf } from './fake-embed.ts'

const did = 'did:plc:hamava2222222222222222aa'
const handle = 'hamava.test'
const appPassword = 'abcd-efgh-ijkl-mnop'
const accessMs = 2 * 3_600_000
const maxBlob = 2_000_000
const pointsAnHour = 5000

const strongRef = z.strictObject({ uri: z.string(), cid: z.string() })
const postRecord = z.strictObject({
  $type: z.literal('app.bsky.feed.post'),
  text: z.string(),
  createdAt: z.iso.datetime(),
  langs: z.array(z.string()).max(3).optional(),
  facets: z
    .array(
      z.object({
        index: z.object({ byteStart: z.number().int(), byteEnd: z.number().int() }),
        features: z.array(z.looseObject({ $type: z.string() })).min(1),
      }),
    )
    .optional(),
  reply: z.strictObject({ root: strongRef, parent: strongRef }).optional(),
  embed: embed.optional(),
  labels: z.unknown().optional(),
})
type PostRecord = z.infer<typeof postRecord>

interface StoredPost {
  uri: string
  cid: string
  author: string
  record: PostRecord
}

const rkeyOf = (uri: string) => uri.slice(uri.lastIndexOf('/') + 1)

/** A PDS with one account, and as much of an AppView as we read. */
export async function createFake(options: FakeOptions = {}): Promise<Fake> {
  const faults = realFaults(options)
  const posts = new Map<string, StoredPost>()
  const blobs = new Map<string, { mimeType: string; size: number }>()
  const notifications: object[] = []
  const people = new Map([['sara.test', { did: personDid('sara.test'), name: 'سارا' }]])
  const access = new Map<string, number>()
  const revoked = new Set<string>()
  let refreshJwt = ''
  let points = pointsAnHour
  let ahead = 0

  const now = () => Date.now() + ahead
  const rateHeaders = (left: number) => ({
    'ratelimit-limit': String(pointsAnHour),
    'ratelimit-remaining': String(left),
    'ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
    'ratelimit-policy': `${pointsAnHour};w=3600`,
  })
  const manners: Manners = {
    rateLimited: (waitMs) => ({
      ...refusal(429, 'RateLimitExceeded', 'Rate Limit Exceeded'),
      headers: {
        ...rateHeaders(0),
        'ratelimit-reset': String(Math.ceil((Date.now() + waitMs) / 1000)),
      },
    }),
    outOfOrder: (status) => refusal(status, 'InternalServerError', 'Internal Server Error'),
  }

  const newSession = () => {
    const accessJwt = fakeJwt('access', now() + accessMs)
    access.set(accessJwt, now() + accessMs)
    refreshJwt = fakeJwt('refresh', now() + 90 * 86_400_000)
    return { did, handle, accessJwt, refreshJwt, active: true }
  }
  const bearerOf = ({ headers }: Received) => headers.authorization?.replace(/^Bearer /, '') ?? ''
  const withAccess =
    (run: Handler): Handler =>
    (request) => {
      const token = bearerOf(request)
      if (token === '') return refusal(401, 'AuthMissing', 'Authentication Required')
      if (revoked.has(token)) return refusal(400, 'ExpiredToken', 'Token has been revoked')
      const until = access.get(token)
      if (until === undefined) return refusal(400, 'InvalidToken', 'Token could not be verified')
      if (until <= now()) return refusal(400, 'ExpiredToken', 'Token has expired')
      return run(request)
    }

  const save = (author: string, rkey: string, record: PostRecord): StoredPost => {
    const uri = `at://${author}/app.bsky.feed.post/${rkey}`
    const stored = { uri, cid: cidOf(record), author, record }
    posts.set(uri, stored)
    return stored
  }

  const putRecord: Handler = ({ body }) => {
    const input = putInput.safeParse(jsonOf(body))
    if (!input.success)
      return refusal(400, 'InvalidRequest', `Input ${input.error.issues[0]?.message}`)
    const { repo, rkey, swapRecord } = input.data
    if (repo !== did) return refusal(400, 'InvalidRequest', `Could not find repo: ${repo}`)
    const record = postRecord.safeParse(input.data.record)
    if (!record.success)
      return refusal(
        400,
        'InvalidRequest',
        `Invalid app.bsky.feed.post record: ${record.error.issues[0]?.message}`,
      )
    const wrong = checkRecord(record.data, blobs)
    if (wrong) return wrong
    const before = posts.get(`at://${did}/app.bsky.feed.post/${rkey}`)
    if (swapRecord === null && before)
      return refusal(400, 'InvalidSwap', `Record was at ${before.cid}`)
    points -= 3
    if (points < 0) return manners.rateLimited(3_600_000)
    const { uri, cid } = save(did, rkey, record.data)
    return {
      status: 200,
      headers: rateHeaders(points),
      json: { uri, cid, validationStatus: 'valid' },
    }
  }

  const repliesTo = (uri: string) =>
    [...posts.values()].filter(({ record }) => record.reply?.parent.uri === uri).length

  const network = router(
    Object.fromEntries(
      Object.entries<Handler>({
        'POST com.atproto.server.createSession': ({ body }) => {
          const input = z
            .object({ identifier: z.string(), password: z.string() })
            .safeParse(jsonOf(body))
          const isRight =
            [handle, did].includes(input.data?.identifier ?? '') &&
            input.data?.password === appPassword
          if (!isRight)
            return refusal(401, 'AuthenticationRequired', 'Invalid identifier or password')
          return { status: 200, json: newSession() }
        },
        'POST com.atproto.server.refreshSession': (request) => {
          const token = bearerOf(request)
          if (revoked.has(token)) return refusal(400, 'ExpiredToken', 'Token has been revoked')
          if (token !== refreshJwt) return refusal(400, 'InvalidToken', 'Invalid token type')
          revoked.add(token)
          return { status: 200, json: newSession() }
        },
        'POST com.atproto.server.deleteSession': (request) => {
          const token = bearerOf(request)
          if (token !== refreshJwt) return refusal(400, 'InvalidToken', 'Invalid token type')
          revoked.add(token)
          return { status: 200 }
        },
        'GET com.atproto.identity.resolveHandle': ({ url }) => {
          const asked = url.searchParams.get('handle') ?? ''
          const found = asked === handle ? did : people.get(asked)?.did
          return found
            ? { status: 200, json: { did: found } }
            : refusal(400, 'InvalidRequest', 'Unable to resolve handle')
        },
        'POST com.atproto.repo.uploadBlob': withAccess(({ headers, body }) => {
          const mimeType = headers['content-type'] ?? 'application/octet-stream'
          if (body.byteLength > 50_000_000)
            return refusal(413, 'PayloadTooLarge', 'request entity too large')
          const $link = cidOf(Buffer.from(body).toString('base64'))
          blobs.set($link, { mimeType, size: body.byteLength })
          return {
            status: 200,
            json: { blob: { $type: 'blob', ref: { $link }, mimeType, size: body.byteLength } },
          }
        }),
        'POST com.atproto.repo.putRecord': withAccess(publishing(faults, manners)(putRecord)),
        'GET com.atproto.repo.getRecord': ({ url: { searchParams } }) => {
          const uri = `at://${searchParams.get('repo')}/${searchParams.get('collection')}/${searchParams.get('rkey')}`
          const found = posts.get(uri)
          if (!found) return refusal(400, 'RecordNotFound', `Could not locate record: ${uri}`)
          return { status: 200, json: { uri, cid: found.cid, value: found.record } }
        },
        'GET com.atproto.repo.listRecords': ({ url: { searchParams } }) => {
          const limit = Math.min(100, Number(searchParams.get('limit') ?? 50))
          const before = searchParams.get('cursor')
          const own = [...posts.values()]
            .filter(({ author }) => author === searchParams.get('repo'))
            .map(({ uri, cid, record }) => ({ uri, cid, value: record, rkey: rkeyOf(uri) }))
            .filter(({ rkey }) => before === null || rkey < before)
            .sort((one, other) => (one.rkey < other.rkey ? 1 : -1))
          const page = own.slice(0, limit)
          const last = page.at(-1)
          const cursor = own.length > limit && last ? { cursor: last.rkey } : {}
          const records = page.map(({ uri, cid, value }) => ({ uri, cid, value }))
          return { status: 200, json: { records, ...cursor } }
        },
        'GET app.bsky.notification.listNotifications': withAccess(({ url }) => {
          const limit = Math.min(100, Number(url.searchParams.get('limit') ?? 50))
          const end = Number(url.searchParams.get('cursor') ?? notifications.length)
          const start = Math.max(0, end - limit)
          const page = notifications.slice(start, end).reverse()
          const cursor = start > 0 ? { cursor: String(start) } : {}
          return { status: 200, json: { notifications: page, ...cursor } }
        }),
        'GET app.bsky.feed.getPosts': withAccess(({ url }) => {
          const uris = url.searchParams.getAll('uris')
          if (uris.length > 25)
            return refusal(400, 'InvalidRequest', 'Error: uris must not have more than 25 elements')
          const found = uris.flatMap((uri) => posts.get(uri) ?? [])
          const counted = found.map(({ uri, cid, record }) => ({
            uri,
            cid,
            record,
            likeCount: uri.charCodeAt(uri.length - 1),
            repostCount: 3,
            replyCount: repliesTo(uri),
            quoteCount: 1,
            bookmarkCount: 2,
          }))
          return { status: 200, json: { posts: counted } }
        }),
        'GET app.bsky.actor.getProfile': withAccess(() => ({
          status: 200,
          json: { did, handle, followersCount: 1234, followsCount: 56, postsCount: posts.size },
        })),
      }).map(([route, run]) => [route.replace(' ', ' /xrpc/'), run]),
    ),
    () => refusal(501, 'MethodNotImplemented', 'Method Not Implemented'),
  )

  const somebodyWrites = (
    reason: string,
    from: string | undefined,
    text: string,
    reply?: PostRecord['reply'],
  ) => {
    const by = from ?? 'sara.test'
    const person = people.get(by) ?? { did: personDid(by), name: by }
    people.set(by, person)
    const createdAt = new Date(now()).toISOString()
    const rkey = `3k${randomBytes(6).toString('hex').slice(0, 11)}`
    const record: PostRecord = {
      $type: 'app.bsky.feed.post',
      text,
      createdAt,
      ...(reply ? { reply } : {}),
    }
    const { uri, cid } = save(person.did, rkey, record)
    notifications.push({
      uri,
      cid,
      author: { did: person.did, handle: by, displayName: person.name },
      reason,
      record,
      isRead: false,
      indexedAt: createdAt,
    })
    return uri
  }

  const controlsAt = (url: string): Controls => ({
    connect: { service: url, handle, appPassword },
    live: async () =>
      [...posts.values()]
        .filter(({ author }) => author === did)
        .map(({ uri, record }) => ({
          id: uri,
          text: record.text,
          parent: record.reply?.parent.uri ?? null,
          media: imagesOf(record.embed).map(({ image, alt }) => ({ mime: image.mimeType, alt })),
          ...(record.embed && 'external' in record.embed && { attached: record.embed.external }),
        })),
    fault: async (fault) => {
      faults.add(fault)
    },
    revokeTokens: async () => {
      for (const token of [...access.keys(), refreshJwt]) revoked.add(token)
    },
    expireTokens: async () => {
      ahead += accessMs
    },
    comment: async ({ postId, text, from }) => {
      const about = posts.get(postId)
      if (!about) throw new Error(`no post ${postId}`)
      const parent = { uri: about.uri, cid: about.cid }
      return somebodyWrites('reply', from, text, {
        parent,
        root: about.record.reply?.root ?? parent,
      })
    },
    mention: async ({ text, from }) => somebodyWrites('mention', from, `@${handle} ${text}`),
  })
  return serveFake(network, controlsAt, options)
}

const putInput = z.object({
  repo: z.string(),
  collection: z.literal('app.bsky.feed.post'),
  rkey: z
    .string()
    .regex(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/, 'rkey must be a TID'),
  record: z.unknown(),
  swapRecord: z.string().nullable().optional(),
})

const refusal = (status: number, error: string, message: string): FakeReply => ({
  status,
  json: { error, message },
})

/** How a PDS answers a record that breaks the lexicon; null when the record is valid. */
function checkRecord(record: PostRecord, blobs: ReadonlyMap<string, unknown>): FakeReply | null {
  const invalid = (what: string) =>
    refusal(400, 'InvalidRequest', `Invalid app.bsky.feed.post record: ${what}`)
  if (Buffer.byteLength(record.text) > 3000)
    return invalid('string too big (maximum 3000) at $.text')
  if (graphemes(record.text) > 300) return invalid('grapheme too big (maximum 300) at $.text')
  const bytes = Buffer.byteLength(record.text)
  for (const { index } of record.facets ?? [])
    if (index.byteStart >= index.byteEnd || index.byteEnd > bytes)
      return invalid('facet out of text')
  for (const { image, max = maxBlob } of imagesOf(record.embed)) {
    if (!blobs.has(image.ref.$link)) return refusal(400, 'BlobNotFound', 'Could not find blob')
    if (!image.mimeType.startsWith('image/'))
      return refusal(400, 'InvalidMimeType', `Wrong mimetype: ${image.mimeType}`)
    if (image.size > max)
      return refusal(400, 'BlobTooLarge', `This file is too large. The maximum is ${max}`)
  }
  return null
}

const cidOf = (value: unknown) =>
  `bafyrei${createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 52)}`

const personDid = (of: string) =>
  `did:plc:${createHash('sha256').update(of).digest('hex').slice(0, 24)}`

const fakeJwt = (scope: string, expiresAt: number) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jti = randomBytes(8).toString('hex')
  return `${part({ typ: 'JWT' })}.${part({ scope, jti, exp: Math.floor(expiresAt / 1000) })}.${randomBytes(16).toString('base64url')}`
}

/** Counts graphemes, as the lexicon does. */
const graphemes = (text: string) =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length
