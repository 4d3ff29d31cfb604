import { z } from 'zod'
import type { Found, Media, Outcome, OwnPost, Publish, PublishInput, Tools } from '../connector.ts'
import { Failed, outcomeOf, reading } from '../failure.ts'
import { api, postCollection, type StrongRef, strongRef } from './api.ts'
import type { BlueskyCredentials } from './credentials.ts'
import { facetsOf, handlesIn } from './facets.ts'
import { postId } from './post-id.ts'
import { type BlueskySettings, settings } from './settings.ts'

const replyRefs = z.object({ root: strongRef, parent: strongRef })
/** What a record refers to: blobs, invisible until a record refers to them, and the DIDs of mentioned handles. */
const materials = z.object({
  blobs: z.array(z.record(z.string(), z.json())),
  dids: z.record(z.string(), z.string()),
})
type Materials = z.infer<typeof materials>

/** A part as the repository will hold it. */
export interface Draft {
  idempotencyKey: string
  /** The record key is made from this. */
  dueAt: Date
  /** The record's own `createdAt`. */
  createdAt: Date
  text: string
  media: Media[]
  languages: string[]
  contentWarning: BlueskySettings['contentWarning']
  linkCard?: BlueskySettings['linkCard']
  reply: { root: StrongRef; parent: StrongRef } | null
}

export const publish: Publish<BlueskyCredentials, BlueskySettings> = {
  settings,

  publish: (credentials, input, tools) =>
    outcomeOf(() => write(credentials, draftOf(input), tools)),

  prepare: (credentials, input, tools) =>
    outcomeOf(async () => ({
      kind: 'prepared',
      state: await gather(credentials, draftOf(input), tools),
    })),

  check: (credentials, state, input, tools) =>
    outcomeOf(() => put(credentials, draftOf(input), materials.parse(state), tools)),

  find: (credentials, { idempotencyKey, dueAt, text }, _since, tools) =>
    findRecord(credentials, postId(idempotencyKey, dueAt), text, tools),

  own,
}

/** The repository lists by record keys, made from due times, not by `createdAt`: the page past `since` is read whole. */
async function* own(
  credentials: BlueskyCredentials,
  since: Date,
  tools: Tools,
): AsyncIterable<OwnPost> {
  let cursor: string | undefined
  do {
    const read = await reading(() => api.listPosts(credentials, credentials.did, cursor, tools))
    for (const record of read.records) {
      const at = new Date(record.value.createdAt)
      if (at < since) continue
      yield {
        ...located(credentials, record),
        at,
        shows: ({ text }) => record.value.text === sentText(text),
      }
    }
    const oldest = read.records.at(-1)
    const isPast = oldest === undefined || new Date(oldest.value.createdAt) < since
    cursor = isPast ? undefined : read.cursor
  } while (cursor)
}

const draftOf = (input: PublishInput<BlueskySettings>): Draft => ({
  idempotencyKey: input.idempotencyKey,
  dueAt: input.dueAt,
  createdAt: input.begunAt,
  text: input.text,
  media: input.media,
  languages: input.languages,
  contentWarning: input.settings.contentWarning,
  linkCard: input.replyTo ? undefined : input.settings.linkCard,
  reply: input.replyTo ? replyRefs.parse(input.replyTo) : null,
})

export async function write(
  credentials: BlueskyCredentials,
  draft: Draft,
  tools: Tools,
): Promise<Outcome> {
  return put(credentials, draft, await gather(credentials, draft, tools), tools)
}

/** Writes the record. If an earlier try has written it, returns the existing one as published. */
async function put(
  credentials: BlueskyCredentials,
  draft: Draft,
  gathered: Materials,
  tools: Tools,
): Promise<Outcome> {
  const rkey = postId(draft.idempotencyKey, draft.dueAt)
  const record = recordOf(draft, gathered)
  try {
    const ref = await api.putPost(credentials, credentials.did, rkey, record, tools)
    return { kind: 'published', ...located(credentials, ref) }
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind !== 'duplicate') throw error
    // If the existing record cannot be read, the outcome stays `duplicate`.
    const there = await readPost(credentials, rkey, tools).catch(() => null)
    if (there?.value.text !== record.text) throw error
    return { kind: 'published', ...located(credentials, there) }
  }
}

/** Looks for a record by its record key. */
export const findRecord = (
  credentials: BlueskyCredentials,
  rkey: string,
  text: string,
  tools: Tools,
): Promise<Found> =>
  reading(async () => {
    const found = await readPost(credentials, rkey, tools)
    return found?.value.text === sentText(text) ? located(credentials, found) : 'absent'
  })

async function readPost(credentials: BlueskyCredentials, rkey: string, tools: Tools) {
  try {
    return await api.getPost(credentials, credentials.did, rkey, tools)
  } catch (error) {
    if (error instanceof Failed && error.failure.reason.code === 'not_found') return null
    throw error
  }
}

const sentText = (text: string) => text.normalize('NFC')

async function gather(
  credentials: BlueskyCredentials,
  { text, media }: Draft,
  tools: Tools,
): Promise<Materials> {
  const dids = await resolveHandles(credentials, handlesIn(sentText(text)), tools)
  const blobs = []
  for (const one of media) blobs.push((await api.uploadBlob(credentials, one, tools)).blob)
  return { blobs, dids: Object.fromEntries(dids) }
}

function recordOf(draft: Draft, { blobs, dids }: Materials) {
  const text = sentText(draft.text)
  const facets = facetsOf(text, new Map(Object.entries(dids)))
  return {
    $type: postCollection,
    text,
    createdAt: draft.createdAt.toISOString(),
    ...(draft.languages.length > 0 ? { langs: draft.languages.slice(0, 3) } : {}),
    ...(facets.length > 0 ? { facets } : {}),
    ...(draft.reply ? { reply: draft.reply } : {}),
    ...embedOf(draft, blobs),
    ...(draft.contentWarning === 'none' ? {} : { labels: selfLabel(draft.contentWarning) }),
  }
}

/** Images, or a link card with the image as its thumbnail. */
function embedOf({ linkCard, media }: Draft, blobs: Materials['blobs']) {
  const [thumb] = blobs
  if (linkCard) {
    const { url: uri, title, description } = linkCard
    const external = { uri, title, description, ...(thumb ? { thumb } : {}) }
    return { embed: { $type: 'app.bsky.embed.external', external } }
  }
  const images = media.map((one, at) => imageOf(one, blobs[at]))
  return images.length > 0 ? { embed: { $type: 'app.bsky.embed.images', images } } : {}
}

function imageOf({ width, height, alt }: Media, blob: Materials['blobs'][number] | undefined) {
  const shape = width && height ? { aspectRatio: { width, height } } : {}
  return { image: blob, alt: alt.normalize('NFC'), ...shape }
}

const selfLabel = (val: string) => ({
  $type: 'com.atproto.label.defs#selfLabels',
  values: [{ val }],
})

/** The DIDs of the handles that exist. */
async function resolveHandles(credentials: BlueskyCredentials, handles: string[], tools: Tools) {
  const dids = new Map<string, string>()
  for (const handle of handles.slice(0, 20)) {
    const did = await resolveHandle(credentials, handle, tools)
    if (did) dids.set(handle, did)
  }
  return dids
}

async function resolveHandle(credentials: BlueskyCredentials, handle: string, tools: Tools) {
  try {
    return (await api.resolveHandle(credentials, handle, tools)).did
  } catch (error) {
    if (error instanceof Failed && error.failure.kind === 'rejected') return null
    throw error
  }
}

const located = ({ handle }: BlueskyCredentials, { uri, cid }: StrongRef) => ({
  id: uri,
  permalink: permalinkOf(handle, uri),
  ref: { uri, cid },
})

/** Where people see a post. */
export const permalinkOf = (handle: string, uri: string): string =>
  `https://bsky.app/profile/${handle}/post/${uri.slice(uri.lastIndexOf('/') + 1)}`
