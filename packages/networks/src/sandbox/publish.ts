import { z } from 'zod'
import {
  type Guarantees,
  type Json,
  NetworkError,
  type Outcome,
  type OwnPost,
  type Publish,
  type PublishInput,
  type Tools,
} from '../connector.ts'
import { outcomeOf, reading } from '../failure.ts'
import { findAmong } from '../find-among.ts'
import { reasons } from '../reasons.ts'
import { api, type ShownPost } from './api.ts'
import type { SandboxCredentials } from './credentials.ts'
import { keyWindowMs, longestWorkMs, manifest } from './index.ts'
import { type SandboxSettings, settings } from './settings.ts'

const ref = z.object({ id: z.string() })
/** Uploaded media that is not ready to be posted yet. */
const pendingState = z.object({ mediaIds: z.array(z.string()) })

const pageSize = 1000

export const publish: Publish<SandboxCredentials, SandboxSettings> = {
  settings,
  guarantees,

  publish: (credentials, input, tools) =>
    outcomeOf(async () => {
      const uploaded = await upload(credentials, input, tools)
      const mediaIds = uploaded.map(({ id }) => id)
      const waits = uploaded.filter(({ state }) => state === 'processing')
      if (waits.length > 0) return waitFor(mediaIds, waits)
      const outcome = await outcomeOf(() => send(credentials, input, mediaIds, tools))
      if (outcome.kind === 'rejected') await drop(credentials, mediaIds, tools)
      return outcome
    }),

  prepare: (credentials, input, tools) =>
    outcomeOf(async () => {
      const uploaded = await upload(credentials, input, tools)
      return { kind: 'prepared', state: { mediaIds: uploaded.map(({ id }) => id) } }
    }),

  check: (credentials, state, input, tools) =>
    outcomeOf(async () => {
      const { mediaIds } = pendingState.parse(state)
      const states = await Promise.all(mediaIds.map((id) => api.mediaState(credentials, id, tools)))
      const waits = states.filter(({ state: is }) => is === 'processing')
      if (waits.length > 0) return waitFor(mediaIds, waits)
      return send(credentials, input, mediaIds, tools)
    }),

  discard: (credentials, state, tools) =>
    reading(async () => {
      for (const id of pendingState.parse(state).mediaIds)
        await api.deleteMedia(credentials, id, tools)
    }),

  find: (credentials, input, since, tools) => findAmong(own(credentials, since, tools), input),
  own,
}

export async function* own(
  credentials: SandboxCredentials,
  since: Date,
  tools: Tools,
): AsyncIterable<OwnPost> {
  if (credentials.keyed === 'none')
    throw new NetworkError('rejected', reasons.cannotReadBack(manifest.name))
  for (let offset = 0; ; offset += pageSize) {
    const { items } = await reading(() => api.ownPosts(credentials, since, offset, tools))
    for (const post of items)
      yield {
        ...located(credentials, post),
        at: new Date(post.createdAt),
        shows: (input) => isThatOf(post, input),
      }
    if (items.length < pageSize) return
  }
}

/** Each account of the sandbox says for itself what a repeated request does. */
function guarantees({ keyed }: SandboxCredentials): Guarantees {
  return {
    idempotency: idempotencyOf[keyed],
    readBack: keyed === 'none' ? null : manifest.readBack,
  }
}

const idempotencyOf: Record<SandboxCredentials['keyed'], Guarantees['idempotency']> = {
  key: { kind: 'key_first', windowMs: keyWindowMs },
  late: { kind: 'key_last', windowMs: keyWindowMs, waitMs: longestWorkMs },
  readable: { kind: 'none', waitMs: longestWorkMs },
  none: { kind: 'none', waitMs: longestWorkMs },
}

async function upload(credentials: SandboxCredentials, { media }: PublishInput, tools: Tools) {
  const uploaded: Awaited<ReturnType<typeof api.upload>>[] = []
  try {
    for (const one of media) uploaded.push(await api.upload(credentials, one, tools))
  } catch (error) {
    await drop(
      credentials,
      uploaded.map(({ id }) => id),
      tools,
    )
    throw error
  }
  return uploaded
}

/** Deletes unused uploads, if possible. */
async function drop(
  credentials: SandboxCredentials,
  mediaIds: string[],
  tools: Tools,
): Promise<void> {
  for (const id of mediaIds) await api.deleteMedia(credentials, id, tools).catch(() => undefined)
}

const waitFor = (mediaIds: string[], waits: { retryAfterMs: number }[]): Outcome => ({
  kind: 'pending',
  stage: 'preparing',
  state: { mediaIds },
  checkAfterMs: Math.max(100, ...waits.map(({ retryAfterMs }) => retryAfterMs)),
})

async function send(
  credentials: SandboxCredentials,
  { idempotencyKey, text, media, settings: chosen, extras, replyTo }: PublishInput<SandboxSettings>,
  mediaIds: string[],
  tools: Tools,
): Promise<Outcome> {
  const body = {
    text,
    media: mediaIds.map((id, at) => ({ id, alt: media[at]?.alt ?? '' })),
    parent: parentOf(replyTo),
    visibility: chosen.visibility,
    location: extras?.location,
  }
  const post = await api.createPost(credentials, idempotencyKey, body, tools)
  return { kind: 'published', ...located(credentials, post), at: new Date(post.createdAt) }
}

const parentOf = (replyTo: { parent: Json } | undefined) =>
  replyTo ? ref.parse(replyTo.parent).id : null

export const located = (
  { url }: Pick<SandboxCredentials, 'url'>,
  { id }: Pick<ShownPost, 'id'>,
) => ({
  id,
  permalink: `${url}/p/${id}`,
  ref: { id },
})

/** The network may have taken signs away; letters and digits stay as they were. */
const lettersOf = (text: string) => text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '')

function saysTheSame(shown: string, sent: string): boolean {
  if (shown === sent.normalize('NFC')) return true
  const letters = lettersOf(sent)
  return letters !== '' && letters === lettersOf(shown)
}

const isThatOf = (post: ShownPost, { text, media, replyTo }: PublishInput) =>
  saysTheSame(post.text, text) &&
  post.media.length === media.length &&
  post.parent === parentOf(replyTo)
