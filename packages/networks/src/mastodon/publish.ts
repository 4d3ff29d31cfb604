import { z } from 'zod'
import {
  type Json,
  NetworkError,
  type Outcome,
  type OwnPost,
  type Publish,
  type PublishInput,
  type Tools,
} from '../connector.ts'
import { Failed, outcomeOf, reading } from '../failure.ts'
import { findAmong } from '../find-among.ts'
import { api, type Status } from './api.ts'
import type { MastodonCredentials } from './credentials.ts'
import { comparable, lettersOf, plainText } from './plain-text.ts'
import { postStatus } from './post-status.ts'
import { guarantees } from './server.ts'
import { type MastodonSettings, settings } from './settings.ts'

const ref = z.object({ id: z.string() })
const pendingState = z.object({ mediaIds: z.array(z.string()), waiting: z.array(z.string()) })

const checkAfterMs = 2000
// The server's clock and ours may differ a little.
const clockSkewMs = 60_000
const maxPages = 25

export const publish: Publish<MastodonCredentials, MastodonSettings> = {
  settings,
  guarantees,

  publish: (credentials, input, tools) =>
    outcomeOf(async () => {
      const uploaded = await upload(credentials, input, tools)
      if (uploaded.waiting.length > 0) return waitFor(uploaded)
      const outcome = await outcomeOf(() => send(credentials, input, uploaded.mediaIds, tools))
      if (outcome.kind === 'rejected' && !outcome.mayBeUp)
        await drop(credentials, uploaded.mediaIds, tools)
      return outcome
    }),

  prepare: (credentials, input, tools) =>
    outcomeOf(async () => ({ kind: 'prepared', state: await upload(credentials, input, tools) })),

  check: (credentials, state, input, tools) =>
    outcomeOf(async () => {
      const { mediaIds, waiting } = pendingState.parse(state)
      const still: string[] = []
      for (const id of waiting) if (!(await isReady(credentials, id, tools))) still.push(id)
      if (still.length > 0) return waitFor({ mediaIds, waiting: still })
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

/** Nobody can see media before a status has it. */
const waitFor = (state: z.infer<typeof pendingState>): Outcome => ({
  kind: 'pending',
  stage: 'preparing',
  state,
  checkAfterMs,
})

async function upload(credentials: MastodonCredentials, input: PublishInput, tools: Tools) {
  const mediaIds: string[] = []
  const waiting: string[] = []
  try {
    for (const media of input.media) {
      const { id, url } = await api.upload(credentials, media, tools)
      mediaIds.push(id)
      if (!url) waiting.push(id)
    }
  } catch (error) {
    await drop(credentials, mediaIds, tools)
    throw error
  }
  return { mediaIds, waiting }
}

/** True on 404 as well: the media is attached to a status already, or was dropped; posting the status shows which. */
async function isReady(
  credentials: MastodonCredentials,
  id: string,
  tools: Tools,
): Promise<boolean> {
  try {
    return Boolean((await api.attachment(credentials, id, tools)).url)
  } catch (error) {
    if (error instanceof Failed && error.failure.reason.code === 'not_found') return true
    throw error
  }
}

/** Deletes unused uploads; servers that cannot delete media drop unused media by themselves. */
async function drop(
  credentials: MastodonCredentials,
  mediaIds: string[],
  tools: Tools,
): Promise<void> {
  for (const id of mediaIds) await api.deleteMedia(credentials, id, tools).catch(() => undefined)
}

export async function* own(
  credentials: MastodonCredentials,
  since: Date,
  tools: Tools,
): AsyncIterable<OwnPost> {
  const oldest = since.getTime() - clockSkewMs
  let maxId: string | null = null
  for (let page = 0; page < maxPages; page += 1) {
    const read: Status[] = await reading(() =>
      api.ownStatuses(credentials, credentials.accountId, maxId, tools),
    )
    for (const status of read) {
      const at = new Date(status.created_at)
      if (at.getTime() < oldest) return
      let asked: ReturnType<typeof sourceOf> | undefined
      const source = () => {
        asked ??= sourceOf(credentials, status, tools)
        return asked
      }
      yield {
        ...located(status),
        at,
        shows: (input) => isAsSent(status, input),
        resembles: (input) => resembles(status, input),
        isMadeFrom: (input) => isMadeFrom(status, input, source),
      }
    }
    maxId = read.at(-1)?.id ?? null
    if (maxId === null) return
  }
}

async function send(
  credentials: MastodonCredentials,
  { idempotencyKey, text, settings: chosen, languages, replyTo }: PublishInput<MastodonSettings>,
  mediaIds: string[],
  tools: Tools,
): Promise<Outcome> {
  const language = chosen.language ?? languages[0]?.split('-')[0]
  const body = {
    // Some servers refuse an empty `status`, even with media.
    ...(text === '' ? {} : { status: text.normalize('NFC') }),
    visibility: chosen.visibility,
    sensitive: chosen.sensitive,
    ...(mediaIds.length > 0 ? { media_ids: mediaIds } : {}),
    ...(chosen.spoilerText === '' ? {} : { spoiler_text: chosen.spoilerText.normalize('NFC') }),
    ...(language ? { language } : {}),
    ...(chosen.poll && !replyTo ? { poll: asPoll(chosen.poll) } : {}),
    ...(replyTo ? { in_reply_to_id: parentOf(replyTo) } : {}),
  }
  return postStatus(credentials, idempotencyKey, body, tools)
}

const asPoll = ({
  options,
  hours,
  multiple,
  hideTotals,
}: NonNullable<MastodonSettings['poll']>) => ({
  options: options.map((option) => option.normalize('NFC')),
  expires_in: hours * 3600,
  multiple,
  hide_totals: hideTotals,
})

const parentOf = (replyTo: { parent: Json }) => ref.parse(replyTo.parent).id

const located = ({ id, url }: Status) => ({ id, permalink: url ?? null, ref: { id } })

/** What stands in the place of a part: as many media, under the same post. */
const isInPlaceOf = (status: Status, { media, replyTo }: PublishInput) =>
  status.media_attachments.length === media.length &&
  (status.in_reply_to_id ?? null) === (replyTo ? parentOf(replyTo) : null)

const isAsSent = (status: Status, input: PublishInput) =>
  isInPlaceOf(status, input) && comparable(plainText(status.content)) === comparable(input.text)

/** A server that rewrites signs may add or remove letters, but keeps the others in their order. */
function resembles(status: Status, input: PublishInput): boolean {
  if (!isInPlaceOf(status, input)) return false
  const [theirs, ours] = [lettersOf(plainText(status.content)), lettersOf(input.text)]
  return isWithin(theirs, ours) || isWithin(ours, theirs)
}

/** Whether all letters of one text are in the other, in their order. */
function isWithin(one: string, other: string): boolean {
  const wanted = [...one]
  let at = 0
  for (const letter of other) if (letter === wanted[at]) at += 1
  return at === wanted.length
}

/** A server that reads Markdown removes signs: so the source is compared, or without a source the letters. */
async function isMadeFrom(
  status: Status,
  input: PublishInput,
  sourceOnce: () => Promise<string | null>,
): Promise<boolean | 'unclear'> {
  if (!isInPlaceOf(status, input)) return false
  const source = await sourceOnce()
  if (source !== null) return comparable(source) === comparable(input.text)
  const [theirs, ours] = [lettersOf(plainText(status.content)), lettersOf(input.text)]
  return theirs === '' && ours === '' ? 'unclear' : theirs === ours
}

/** The text as its author wrote it; null where the server does not know it. */
async function sourceOf(credentials: MastodonCredentials, { id }: Status, tools: Tools) {
  try {
    return (await reading(() => api.source(credentials, id, tools))).text
  } catch (error) {
    if (error instanceof NetworkError && error.kind === 'rejected') return null
    throw error
  }
}
