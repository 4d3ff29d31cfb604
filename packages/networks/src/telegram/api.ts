import { z } from 'zod'
import type { Tools } from '../connector.ts'
import type { Failure } from '../failure.ts'
import { ask, type Effect, type ParsedReply, type Server } from '../http.ts'
import { type FormPart, multipart } from '../multipart.ts'
import { reasons } from '../reasons.ts'
import type { TelegramCredentials } from './credentials.ts'
import { manifest } from './index.ts'

const { name } = manifest

const user = z.object({
  id: z.number(),
  is_bot: z.boolean().optional(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
})
const chat = z.object({
  id: z.number(),
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: z.string().optional(),
  username: z.string().optional(),
  first_name: z.string().optional(),
})
const member = z.object({
  status: z.string(),
  can_post_messages: z.boolean().optional(),
})
const entity = z.object({ type: z.string(), offset: z.number(), length: z.number() })
const origin = z.looseObject({
  type: z.string(),
  chat: chat.optional(),
  message_id: z.number().optional(),
})
const baseMessage = z.object({
  message_id: z.number(),
  message_thread_id: z.number().optional(),
  date: z.number(),
  chat,
  from: user.optional(),
  sender_chat: chat.optional(),
  forward_origin: origin.optional(),
  is_automatic_forward: z.boolean().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(entity).optional(),
  caption_entities: z.array(entity).optional(),
})
export const message = baseMessage.extend({ reply_to_message: baseMessage.optional() })
export type TelegramMessage = z.infer<typeof message>
export const update = z.object({ update_id: z.number(), message: message.optional() })
export type Update = z.infer<typeof update>

const failed = z.object({
  ok: z.literal(false),
  error_code: z.number(),
  description: z.string(),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
    .optional(),
})

export type Access = Pick<TelegramCredentials, 'apiUrl' | 'token'>
/** The parameters of a method: JSON values and, separately, files. */
export interface Method {
  name: string
  values: Record<string, unknown>
  files?: { name: string; fileName: string; mime: string; bytes: Uint8Array }[]
}

const sentMessage = z.object({ message_id: z.number() })

/** The methods of the Bot API that are used, one each. */
export const api = {
  getMe: (access: Access, tools: Tools) => read(access, 'getMe', {}, user, tools),
  getChat: (access: Access, chatId: string | number, tools: Tools) =>
    read(access, 'getChat', { chat_id: chatId }, chat, tools),
  getChatMember: (access: Access, chatId: number, userId: number, tools: Tools) =>
    read(access, 'getChatMember', { chat_id: chatId, user_id: userId }, member, tools),
  getChatMemberCount: (access: Access, chatId: number, tools: Tools) =>
    read(access, 'getChatMemberCount', { chat_id: chatId }, z.number(), tools),
  getUpdates: (access: Access, offset: number | undefined, tools: Tools) =>
    read(
      access,
      'getUpdates',
      { limit: 100, timeout: 0, allowed_updates: ['message'], ...(offset ? { offset } : {}) },
      z.array(update),
      tools,
    ),
  setWebhook: (access: Access, url: string, secret: string, tools: Tools) =>
    read(
      access,
      'setWebhook',
      { url, secret_token: secret, allowed_updates: ['message'] },
      z.boolean(),
      tools,
    ),
  getWebhookInfo: (access: Access, tools: Tools) =>
    read(access, 'getWebhookInfo', {}, z.object({ url: z.string() }), tools),
  deleteWebhook: (access: Access, tools: Tools) =>
    read(access, 'deleteWebhook', {}, z.boolean(), tools),
  /** Sends one message, or an album as several. */
  send: (access: Access, method: Method, tools: Tools) =>
    call(access, method, z.union([sentMessage, z.array(sentMessage).min(1)]), 'publishes', tools),
}

const read = <T>(
  access: Access,
  method: string,
  values: Record<string, unknown>,
  schema: z.ZodType<T>,
  tools: Tools,
) => call(access, { name: method, values }, schema, 'reads', tools)

async function call<T>(
  { apiUrl, token }: Access,
  { name: method, values, files = [] }: Method,
  schema: z.ZodType<T>,
  effect: Effect,
  tools: Tools,
): Promise<T> {
  // The token is in the URL, so no URL may appear in errors or logs.
  const server: Server = { name, secrets: [token], explain }
  const request = { method: 'POST' as const, url: `${apiUrl}/bot${token}/${method}` }
  const sent =
    files.length === 0
      ? { ...request, json: values }
      : { ...request, ...multipart([...parts(values), ...files]) }
  const reply = await ask(
    tools,
    server,
    sent,
    z.object({ ok: z.literal(true), result: schema }),
    effect,
  )
  return reply.result
}

const parts = (values: Record<string, unknown>): FormPart[] =>
  Object.entries(values).map(([part, value]) => ({
    name: part,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))

const accessLost =
  /kicked|not a member|not enough rights|need administrator rights|have no rights|chat not found|CHAT_WRITE_FORBIDDEN|CHANNEL_PRIVATE|chat was deleted/i

/** Telegram's errors are a code and a sentence. */
function explain({ json }: ParsedReply, now: Date): Failure | null {
  const said = failed.safeParse(json).data
  if (!said) return null
  const { error_code: code, description, parameters } = said
  if (code === 429) {
    const waitMs = Math.max(1, parameters?.retry_after ?? 30) * 1000
    const until = new Date(now.getTime() + waitMs)
    return { kind: 'rate_limited', until, reason: reasons.rateLimited(name, description) }
  }
  // An unknown token gets 404 Not Found, a revoked one 401.
  if (code === 401 || (code === 404 && description === 'Not Found'))
    return { kind: 'reconnect', reason: reasons.tokenRevoked(name, description) }
  if (accessLost.test(description))
    return { kind: 'reconnect', reason: reasons.accessMissing(name, description) }
  if (code === 409) return { kind: 'rejected', reason: otherReader(description) }
  if (
    code === 413 ||
    /file is too big|PHOTO_INVALID|IMAGE_PROCESS|wrong file|WEBPAGE_MEDIA|MEDIA_/i.test(description)
  )
    return { kind: 'rejected', reason: reasons.mediaRefused(name, description) }
  if (code === 503) return { kind: 'temporary', reason: reasons.serverTrouble(name, description) }
  if (code >= 500 || code < 400) return null
  return { kind: 'rejected', reason: invalid(description, parameters?.migrate_to_chat_id) }
}

function invalid(description: string, movedTo: number | undefined) {
  if (movedTo !== undefined) return reasons.refused(name, String(movedTo), chatMoved)
  if (/too[ _]long/i.test(description)) return reasons.textTooLong(name, description)
  if (/text is empty|text must be non-empty/i.test(description))
    return reasons.textEmpty(name, description)
  if (/message to be replied not found|reply message not found/i.test(description))
    return reasons.parentGone(name, description)
  return reasons.refused(name, description)
}

/** The group became a supergroup; the reason's `detail` is the new chat id. */
export const chatMoved = 'chat_moved'

const otherReader = (detail: string) => ({
  code: 'updates_read_elsewhere',
  message: {
    en: 'Another program, or a webhook, already reads what is written to this bot.',
    fa: 'برنامه یا وب‌هوک دیگری پیام‌های این ربات را می‌خواند.',
  },
  fix: {
    en: 'Use a bot of its own for this channel, or stop the other reader.',
    fa: 'برای این کانال ربات جداگانه‌ای بسازید، یا خوانندهٔ دیگر را متوقف کنید.',
  },
  detail,
})
