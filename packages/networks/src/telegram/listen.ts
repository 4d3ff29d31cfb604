import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Incoming, Listen } from '../connector.ts'
import { outcomeOf, reading } from '../failure.ts'
import { api, type TelegramMessage, type Update, update } from './api.ts'
import type { TelegramCredentials } from './credentials.ts'
import { permalinkOf, sendTo } from './publish.ts'

/** The update to read next. Asking for it makes Telegram forget those before. */
const position = z.object({ offset: z.number() }).catch({ offset: 0 })
const ref = z.object({ chatId: z.number(), messageId: z.number() })

export const listen: Listen<TelegramCredentials> = {
  /** All updates of a bot come in one queue. */
  mailboxOf: ({ token }) => token,

  poll: (credentials, cursor, tools) =>
    reading(async () => {
      const { offset } = position.parse(cursor)
      // One page only: asking for the next would make Telegram forget this one before it is stored.
      const updates = await api.getUpdates(credentials, offset || undefined, tools)
      const last = updates.at(-1)?.update_id
      return {
        items: updates.flatMap((one) => incoming(credentials, one) ?? []),
        cursor: { offset: last === undefined ? offset : last + 1 },
      }
    }),

  reply: (credentials, { ref: about, text }, tools) =>
    outcomeOf(async () => {
      const { chatId, messageId } = ref.parse(about)
      const values = { text: text.normalize('NFC'), reply_parameters: { message_id: messageId } }
      const sent = await sendTo(credentials, chatId, { name: 'sendMessage', values }, tools)
      if (sent.kind !== 'published') return sent
      const { chatId: sentTo, messageId: sentId } = ref.parse(sent.ref)
      return { ...sent, id: remoteIdOf(sentTo, sentId) }
    }),

  webhook: {
    replacesPolling: true,
    needsHttps: true,

    register: (credentials, { url, secret }, tools) =>
      reading(async () => {
        await api.setWebhook(credentials, url, secret, tools)
      }),

    parse(credentials, { headers, body, secret }) {
      if (!isSame(headers['x-telegram-bot-api-secret-token'] ?? '', secret)) return null
      const parsed = update.safeParse(JSON.parse(Buffer.from(body).toString('utf8')))
      const item = parsed.success ? incoming(credentials, parsed.data) : null
      return item ? [item] : []
    },
  },
}

const isSame = (a: string, b: string) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** A message id is unique only within its chat. */
const remoteIdOf = (chatId: number, messageId: number) => `${chatId}:${messageId}`

/** An update as an item for the bot's channels; null if it concerns none of them. */
function incoming({ botId, botName }: TelegramCredentials, { message }: Update): Incoming | null {
  if (!message || message.is_automatic_forward) return null
  const meaning = meaningOf({ botId, botName }, message)
  if (!meaning) return null
  const { message_id: messageId, chat, from, sender_chat: senderChat, date } = message
  const author = senderChat ?? from
  return {
    ...meaning,
    remoteId: remoteIdOf(chat.id, messageId),
    author: {
      remoteId: String(author?.id ?? chat.id),
      handle: author?.username ?? String(author?.id ?? chat.id),
      name: nameOf(message),
    },
    fromChannel:
      from?.id === botId ||
      (senderChat !== undefined && meaning.to.includes(String(senderChat.id))),
    text: message.text ?? message.caption ?? '',
    at: new Date(date * 1000),
    permalink:
      chat.type === 'private' ? null : permalinkOf(chat.id, chat.username ?? null, messageId),
    ref: { chatId: chat.id, messageId },
  }
}

type Bot = Pick<TelegramCredentials, 'botId' | 'botName'>
type Meaning = Pick<Incoming, 'kind' | 'threadKey' | 'aboutPostId'> & { to: (string | null)[] }

function meaningOf(bot: Bot, message: TelegramMessage): Meaning | null {
  const { chat, reply_to_message: above } = message
  if (chat.type === 'private')
    return { kind: 'direct', threadKey: `direct:${chat.id}`, aboutPostId: null, to: [null] }
  const origin = above?.forward_origin
  const thread = message.message_thread_id ?? above?.message_thread_id ?? above?.message_id
  // Only channel posts are forwarded automatically to the discussion group; other forwards can be by anybody.
  if (above?.is_automatic_forward && origin?.type === 'channel' && origin.chat)
    return {
      kind: 'comment',
      threadKey: `comments:${chat.id}:${thread}`,
      aboutPostId: String(origin.message_id),
      to: [String(origin.chat.id)],
    }
  const to = spokenTo(bot, message)
  if (to.length === 0) return null
  return {
    kind: 'mention',
    threadKey: `comments:${chat.id}:${thread ?? message.message_id}`,
    aboutPostId: null,
    to,
  }
}

/** Whom a message in a group answers or mentions: chats by id, channels by @name, and the bot itself. */
function spokenTo({ botId, botName }: Bot, message: TelegramMessage): (string | null)[] {
  const { chat, reply_to_message: above } = message
  const answered = above?.sender_chat ? [String(above.sender_chat.id)] : []
  const named = mentionsIn(message)
  const isToBot = above?.from?.id === botId || named.includes(`@${botName.toLowerCase()}`)
  return [...answered, ...named, ...(isToBot ? [String(chat.id), null] : [])]
}

/** The @names in a text, by Telegram's `mention` entities. */
function mentionsIn(message: TelegramMessage): string[] {
  const text = message.text ?? message.caption ?? ''
  return (message.entities ?? message.caption_entities ?? [])
    .filter(({ type }) => type === 'mention')
    .map(({ offset, length }) => text.slice(offset, offset + length).toLowerCase())
}

function nameOf({ from, sender_chat: chat }: TelegramMessage): string {
  if (chat?.title) return chat.title
  return [from?.first_name, from?.last_name].filter(Boolean).join(' ') || 'Telegram'
}
