import { z } from 'zod'
import type { Json, Outcome, OwnPost, Publish, PublishInput, Tools } from '../connector.ts'
import { outcomeOf, reading } from '../failure.ts'
import { findAmong } from '../find-among.ts'
import { api, type Status } from './api.ts'
import type { Credentials } from './credentials.ts'
import { comparable, plainText } from './plain-text.ts'
import { type Settings, settings } from './settings.ts'

const ref = z.object({ id: z.string() })
const pendingState = z.object({ mediaIds: z.array(z.string()), waiting: z.array(z.string()) })

const checkAfterMs = 2000
// The server's clock and ours may differ a little.
const clockSkewMs = 60_000
const maxPages = 25

export const publish: Publish<Credentials, Settings> = {
  settings,

  publish: (credentials, input, tools) =>
    outcomeOf(async () => {
      const mediaIds: string[] = []
      const waiting: string[] = []
      for (const media of input.media) {
        const { id, url } = await api.upload(credentials, media, tools)
        mediaIds.push(id)
        if (!url) waiting.push(id)
      }
      if (waiting.length > 0) return { kind: 'pending', state: { mediaIds, waiting }, checkAfterMs }
      return send(credentials, input, mediaIds, tools)
    }),

  check: (credentials, state, input, tools) =>
    outcomeOf(async () => {
      const { mediaIds, waiting } = pendingState.parse(state)
      const still: string[] = []
      for (const id of waiting)
        if (!(await api.attachment(credentials, id, tools)).url) still.push(id)
      if (still.length > 0)
        return { kind: 'pending', state: { mediaIds, waiting: still }, checkAfterMs }
      return send(credentials, input, mediaIds, tools)
    }),

  find: (credentials, input, since, tools) => findAmong(own(credentials, since, tools), input),
  own,
}

async function* own(credentials: Credentials, since: Date, tools: Tools): AsyncIterable<OwnPost> {
  const oldest = since.getTime() - clockSkewMs
  let maxId: string | null = null
  for (let page = 0; page < maxPages; page += 1) {
    const read: Status[] = await reading(() =>
      api.ownStatuses(credentials, credentials.accountId, maxId, tools),
    )
    for (const status of read) {
      const at = new Date(status.created_at)
      if (at.getTime() < oldest) return
      yield { ...located(status), at, shows: (input) => isThatOf(status, input) }
    }
    maxId = read.at(-1)?.id ?? null
    if (maxId === null) return
  }
}

async function send(
  credentials: Credentials,
  { idempotencyKey, text, settings: chosen, languages, replyTo }: PublishInput<Settings>,
  mediaIds: string[],
  tools: Tools,
): Promise<Outcome> {
  const language = chosen.language ?? languages[0]?.split('-')[0]
  const body = {
    status: text.normalize('NFC'),
    visibility: chosen.visibility,
    sensitive: chosen.sensitive,
    ...(mediaIds.length > 0 ? { media_ids: mediaIds } : {}),
    ...(chosen.spoilerText === '' ? {} : { spoiler_text: chosen.spoilerText.normalize('NFC') }),
    ...(language ? { language } : {}),
    ...(replyTo ? { in_reply_to_id: parentOf(replyTo) } : {}),
  }
  const status = await api.createStatus(credentials, idempotencyKey, body, tools)
  return { kind: 'published', ...located(status) }
}

const parentOf = (replyTo: { parent: Json }) => ref.parse(replyTo.parent).id

export const located = ({ id, url }: Status) => ({ id, permalink: url ?? null, ref: { id } })

const isThatOf = (status: Status, { text, media, replyTo }: PublishInput) =>
  comparable(plainText(status.content)) === comparable(text) &&
  status.media_attachments.length === media.length &&
  (status.in_reply_to_id ?? null) === (replyTo ? parentOf(replyTo) : null)
