import { z } from 'zod'
import type { Json, Media, Moved, Outcome, Publish, PublishInput, Tools } from '../connector.ts'
import { Failed, outcomeOf } from '../failure.ts'
import { readMedia } from '../read-media.ts'
import { api, chatMoved, type Method } from './api.ts'
import type { TelegramCredentials } from './credentials.ts'
import { settings, type TelegramSettings } from './settings.ts'

const ref = z.object({ chatId: z.number(), messageId: z.number() })

export const publish: Publish<TelegramCredentials, TelegramSettings> = {
  settings,

  publish: (credentials, input, tools) =>
    outcomeOf(async () => sendTo(credentials, credentials.chatId, await methodOf(input), tools)),
}

/** Sends to a chat. If the group has moved, sends once more to its new id, as Telegram has done nothing yet. */
export async function sendTo(
  credentials: TelegramCredentials,
  chatId: number,
  method: Method,
  tools: Tools,
): Promise<Outcome> {
  try {
    return await sendOnce(credentials, chatId, method, tools)
  } catch (error) {
    const movedTo = error instanceof Failed && movedChat(error)
    if (!movedTo) throw error
    if (chatId === credentials.chatId) tools.moved?.(asMoved(credentials, movedTo))
    return sendOnce(credentials, movedTo, method, tools)
  }
}

/** A group that became a supergroup: its chat id is new, and so is its handle if it has no @name. */
const asMoved = (credentials: TelegramCredentials, chatId: number): Moved => ({
  credentials: { ...credentials, chatId },
  account: {
    externalId: String(chatId),
    ...(credentials.chatName === null ? { handle: String(chatId) } : {}),
  },
})

const movedChat = ({ failure: { reason } }: Failed): number | null =>
  reason.code === chatMoved ? Number(reason.detail) : null

async function sendOnce(
  credentials: TelegramCredentials,
  chatId: number,
  method: Method,
  tools: Tools,
): Promise<Outcome> {
  const values = { chat_id: chatId, ...method.values }
  const sent = await api.send(credentials, { ...method, values }, tools)
  const first = Array.isArray(sent) ? sent[0] : sent
  const messageId = first?.message_id ?? 0
  return {
    kind: 'published',
    id: String(messageId),
    permalink: permalinkOf(
      chatId,
      chatId === credentials.chatId ? credentials.chatName : null,
      messageId,
    ),
    ref: { chatId, messageId },
  }
}

/** A message's link: by the chat's @name, or, for members only, by the chat's id. */
export function permalinkOf(chatId: number, chatName: string | null, messageId: number) {
  if (chatName) return `https://t.me/${chatName}/${messageId}`
  const number = /^-100(\d+)$/.exec(String(chatId))?.[1]
  return number ? `https://t.me/c/${number}/${messageId}` : null
}

/** Which method sends this: a text, one file, or an album with the text under its first file. */
async function methodOf(input: PublishInput<TelegramSettings>): Promise<Method> {
  const { media, settings: chosen, replyTo } = input
  const text = input.text.normalize('NFC')
  const shared = {
    ...(chosen.silent ? { disable_notification: true } : {}),
    ...(chosen.protectContent ? { protect_content: true } : {}),
    ...(replyTo ? { reply_parameters: replyParameters(replyTo.parent) } : {}),
  }
  const [first, ...others] = media
  if (!first) {
    const preview = chosen.linkPreview ? {} : { link_preview_options: { is_disabled: true } }
    return { name: 'sendMessage', values: { text, ...preview, ...shared } }
  }
  const caption = text === '' ? {} : { caption: text }
  const spoiler = chosen.spoiler ? { has_spoiler: true } : {}
  if (others.length === 0)
    return {
      name: first.kind === 'video' ? 'sendVideo' : 'sendPhoto',
      values: { ...caption, ...spoiler, ...shared, ...videoShape(first) },
      files: [await fileOf(first, first.kind === 'video' ? 'video' : 'photo')],
    }
  const files = []
  for (const [at, one] of media.entries()) files.push(await fileOf(one, `file${at}`))
  const album = media.map((one, at) => ({
    type: one.kind === 'video' ? 'video' : 'photo',
    media: `attach://file${at}`,
    ...(at === 0 ? caption : {}),
    ...spoiler,
    ...videoShape(one),
  }))
  return { name: 'sendMediaGroup', values: { media: album, ...shared }, files }
}

export const replyParameters = (parent: Json) => ({ message_id: ref.parse(parent).messageId })

const videoShape = ({ kind, width, height }: Media) =>
  kind === 'video'
    ? { supports_streaming: true, ...(width && height ? { width, height } : {}) }
    : {}

const fileOf = async (media: Media, name: string) => ({
  name,
  fileName: media.fileName,
  mime: media.mime,
  bytes: await readMedia(media),
})
