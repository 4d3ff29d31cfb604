import { type Connect, NetworkError } from '../connector.ts'
import { connecting, reading } from '../failure.ts'
import { requiredField, serverAddress } from '../server-address.ts'
import { api } from './api.ts'
import { credentials, type TelegramCredentials } from './credentials.ts'
import { manifest } from './index.ts'

const defaultApi = 'https://api.telegram.org'
/** The path of our own webhooks. */
const ours = /\/v1\/hooks\/[\w-]+$/
const tokenShape = /^\d+:[\w-]{10,}$/

export const connect: Connect<TelegramCredentials> = {
  credentials,
  appId: ({ botId }) => String(botId),

  /** The token belongs to its owner and stays valid; only our webhook is removed. */
  revoke: (held, tools) =>
    reading(async () => {
      const { url } = await api.getWebhookInfo(held, tools)
      if (ours.test(url)) await api.deleteWebhook(held, tools)
    }),

  verify: (fields, tools) =>
    connecting(manifest.name, async () => {
      const apiUrl = serverAddress(manifest, 'apiUrl', fields.apiUrl || defaultApi)
      const token = requiredField(manifest, fields, 'token')
      if (!tokenShape.test(token)) throw notAToken()
      const access = { apiUrl, token }
      const bot = await api.getMe(access, tools)
      const chat = await api.getChat(
        access,
        chatField(requiredField(manifest, fields, 'chat')),
        tools,
      )
      const member = await api.getChatMember(access, chat.id, bot.id, tools)
      const mayPost =
        chat.type === 'channel'
          ? member.status === 'creator' || member.can_post_messages === true
          : ['creator', 'administrator', 'member'].includes(member.status)
      if (!mayPost) throw mayNotPost()
      const chatName = chat.username ?? null
      return {
        credentials: {
          ...access,
          botId: bot.id,
          botName: bot.username ?? '',
          chatId: chat.id,
          chatName,
        },
        account: {
          externalId: String(chat.id),
          handle: chatName ? `@${chatName}` : String(chat.id),
          name: chat.title ?? chatName ?? String(chat.id),
          url: chatName ? `https://t.me/${chatName}` : null,
        },
        expiresAt: null,
        scopes: member.status === 'administrator' ? ['administrator'] : [],
      }
    }),
}

/** `t.me/name`, `name` and `@name` all mean the same; numbers stay numbers. */
function chatField(typed: string): string | number {
  if (/^-?\d+$/.test(typed)) return Number(typed)
  return `@${typed.replace(/^(https?:\/\/)?(t\.me\/)?@?/i, '')}`
}

const notAToken = () =>
  new NetworkError('rejected', {
    code: 'field_wrong',
    message: {
      en: 'This is not a bot token; one looks like 123456789:AAE….',
      fa: 'این رمز ربات نیست؛ نمونهٔ درست: ‎123456789:AAE…‎.',
    },
    fix: {
      en: 'Copy the token that @BotFather gave.',
      fa: 'رمزی را که \u2066@BotFather\u2069 داده است رونوشت کنید.',
    },
  })

const mayNotPost = () =>
  new NetworkError('rejected', {
    code: 'rights_missing',
    message: {
      en: 'The bot may not post in this channel.',
      fa: 'ربات اجازهٔ انتشار در این کانال را ندارد.',
    },
    fix: {
      en: 'Make the bot an administrator with the right to post messages, then connect again.',
      fa: 'ربات را مدیر کنید و اجازهٔ ارسال پیام بدهید، سپس دوباره وصل کنید.',
    },
  })
