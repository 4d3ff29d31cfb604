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
import { type FakeReply, type Handler, jsonOf, type Received } from '../fakes/serve.ts'

const token = '7000000001:AAF-fake_token_for_tests_only_0000000'
const bot = { id: 7000000001, is_bot: true, first_name: 'Hamava', username: 'hamava_bot' }
const channel = { id: -1001234567890, type: 'channel', title: 'هم‌آوا', username: 'hamava' }
const second = { id: -1001234567891, type: 'channel', title: 'هم‌آوا ۲', username: 'hamava_two' }
const channels = [channel, second]
/** The discussion group of each channel. */
const groups = new Map([
  [channel.id, { id: -1009876543210, type: 'supergroup', title: 'گفت‌وگوی هم‌آوا' }],
  [second.id, { id: -1009876543211, type: 'supergroup', title: 'گفت‌وگوی هم‌آوا ۲' }],
])
const mebibyte = 1024 * 1024

interface Posted {
  id: number
  chatId: number
  text: string
  replyTo: number | null
  media: string[]
}

interface TelegramFake extends Fake {
  /** Makes the channel's chat a supergroup under a new number. */
  moveChat: (to: number) => void
  /** Takes the bot's right to post away. */
  kick: () => void
}

/** The Bot API with one bot that is in two channels and their discussion groups. */
export async function createFake(options: FakeOptions = {}): Promise<TelegramFake> {
  const faults = realFaults(options)
  const posted: Posted[] = []
  const people = new Map<string, number>()
  let updates: { update_id: number; message: object }[] = []
  let webhook: { url: string; secret: string } | null = null
  let isRevoked = false
  let isKicked = false
  let movedTo: number | null = null
  let lastMessage = 100
  let lastUpdate = 50_000

  const manners: Manners = {
    rateLimited: (waitMs) => {
      const seconds = Math.ceil(waitMs / 1000)
      return refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
    },
    outOfOrder: (status) => refusal(status, 'Internal Server Error'),
  }

  const checkChat = (chatId: unknown): FakeReply | null => {
    const names = channels.flatMap(({ id, username }) => [id, `@${username}`])
    const known = [...names, ...groupIds, movedTo, ...people.values()]
    if (!known.some((one) => one !== null && String(one) === String(chatId)))
      return refusal(400, 'Bad Request: chat not found')
    if (isKicked && chatId === channel.id)
      return refusal(403, 'Forbidden: bot was kicked from the channel chat')
    if (movedTo !== null && chatId === channel.id)
      return refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: movedTo,
      })
    return null
  }

  const send = (form: Form, texts: string[], media: string[], max: number): FakeReply => {
    const wrong = checkChat(form.values.chat_id)
    if (wrong) return wrong
    const text = texts[0] ?? ''
    if (media.length === 0 && text.trim() === '')
      return refusal(400, 'Bad Request: message text is empty')
    if (text.length > max)
      return refusal(
        400,
        media.length > 0
          ? 'Bad Request: message caption is too long'
          : 'Bad Request: MESSAGE_TOO_LONG',
      )
    const reply = z.object({ message_id: z.number() }).safeParse(form.values.reply_parameters)
    const replyTo = reply.data?.message_id ?? null
    const chatId = channelOf(form.values.chat_id)?.id ?? Number(form.values.chat_id)
    const sent = Array.from({ length: Math.max(1, media.length) }, (_, at) => {
      lastMessage += 1
      const mine = { id: lastMessage, chatId, text: at === 0 ? text : '', replyTo }
      posted.push({ ...mine, media: media.slice(at, at + 1) })
      return { message_id: lastMessage, date: unixTime(), chat: channelOf(chatId), text }
    })
    return ok(form.isAlbum ? sent : sent[0])
  }

  const sendFile = (field: 'photo' | 'video', maxBytes: number) => (form: Form) => {
    const file = form.files.get(field)
    if (!file) return refusal(400, `Bad Request: there is no ${field} in the request`)
    if (file.bytes > maxBytes) return refusal(413, 'Request Entity Too Large')
    return send(form, [String(form.values.caption ?? '')], [file.mime], 1024)
  }

  const sendAlbum = (form: Form): FakeReply => {
    const items = z
      .array(
        z.object({
          type: z.enum(['photo', 'video']),
          media: z.string(),
          caption: z.string().optional(),
        }),
      )
      .safeParse(form.values.media).data
    if (!items || items.length < 2 || items.length > 10)
      return refusal(400, 'Bad Request: group must contain from 2 to 10 media')
    const files = items.map(({ media }) => form.files.get(media.replace('attach://', '')))
    if (files.some((file) => !file))
      return refusal(400, 'Bad Request: wrong file identifier specified')
    const mimes = files.flatMap((file) => file?.mime ?? [])
    return send({ ...form, isAlbum: true }, [items[0]?.caption ?? ''], mimes, 1024)
  }

  const effects: Record<string, (form: Form) => FakeReply> = {
    sendMessage: (form) => send(form, [String(form.values.text ?? '')], [], 4096),
    sendPhoto: sendFile('photo', 10 * mebibyte),
    sendVideo: sendFile('video', 50 * mebibyte),
    sendMediaGroup: sendAlbum,
  }
  const reads: Record<string, (form: Form) => FakeReply> = {
    getMe: () => ok(bot),
    getChat: ({ values }) => checkChat(values.chat_id) ?? ok(channelOf(values.chat_id) ?? channel),
    getChatMember: ({ values }) =>
      checkChat(values.chat_id) ??
      ok({ user: bot, status: 'administrator', can_post_messages: !isKicked }),
    getChatMemberCount: ({ values }) => checkChat(values.chat_id) ?? ok(2345),
    getUpdates: ({ values }) => {
      if (webhook)
        return refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        )
      const offset = Number(values.offset ?? 0)
      updates = updates.filter(({ update_id: id }) => id >= offset)
      return ok(updates.slice(0, Number(values.limit ?? 100)))
    },
    setWebhook: ({ values }) => {
      const secret = String(values.secret_token ?? '')
      if (!/^[\w-]{1,256}$/.test(secret))
        return refusal(400, 'Bad Request: secret token contains unallowed characters')
      webhook = { url: String(values.url), secret }
      return ok(true)
    },
    getWebhookInfo: () => ok({ url: webhook?.url ?? '', pending_update_count: updates.length }),
    deleteWebhook: () => {
      webhook = null
      return ok(true)
    },
  }

  const handle: Handler = async (request) => {
    const [, called, method = ''] = request.url.pathname.split('/')
    if (called !== `bot${token}`) return refusal(404, 'Not Found')
    if (isRevoked) return refusal(401, 'Unauthorized')
    const effect = effects[method]
    const form = await formOf(request)
    if (effect) return publishing(faults, manners)(() => effect(form))(request)
    return reads[method]?.(form) ?? refusal(404, 'Not Found: method not found')
  }

  const somebodyWrites = async (from: string | undefined, chat: object | null, facts: object) => {
    const name = from ?? 'sara'
    const id = people.get(name) ?? 500_000 + people.size
    people.set(name, id)
    lastMessage += 1
    lastUpdate += 1
    const author = { id, is_bot: false, first_name: name, username: name }
    const own = { id, type: 'private', first_name: name, username: name }
    const message = {
      message_id: lastMessage,
      date: unixTime(),
      from: author,
      chat: chat ?? own,
      ...facts,
    }
    const update = { update_id: lastUpdate, message }
    if (webhook) await deliver(webhook, update)
    else updates.push(update)
    const chatId = z.object({ id: z.number() }).parse(chat ?? own).id
    return `${chatId}:${lastMessage}`
  }

  const controlsAt = (url: string): Controls => ({
    connect: { apiUrl: url, token, chat: `@${channel.username}` },
    live: async () =>
      posted.map(({ id, text, replyTo, media }) => ({
        id: String(id),
        text,
        parent: replyTo === null ? null : String(replyTo),
        media: media.map((mime) => ({ mime, alt: '' })),
      })),
    fault: async (fault) => {
      faults.add(fault)
    },
    revokeTokens: async () => {
      isRevoked = true
    },
    comment: ({ postId, text, from }) => {
      const post = posted.find(({ id }) => String(id) === postId)
      const about = channelOf(post?.chatId) ?? channel
      const group = groupOf(about)
      return somebodyWrites(from, group, {
        text,
        message_thread_id: 10_000 + Number(postId),
        reply_to_message: {
          message_id: 10_000 + Number(postId),
          date: unixTime(),
          chat: group,
          sender_chat: about,
          is_automatic_forward: true,
          forward_origin: { type: 'channel', chat: about, message_id: Number(postId), date: 1 },
        },
      })
    },
    mention: ({ text, from }) =>
      somebodyWrites(from, groupOf(channel), {
        text: `@hamava_bot ${text}`,
        entities: [{ type: 'mention', offset: 0, length: 11 }],
      }),
    message: ({ text, from }) => somebodyWrites(from, null, { text }),
  })
  const fake = await serveFake(handle, controlsAt, options)
  return {
    ...fake,
    moveChat: (to) => {
      movedTo = to
    },
    kick: () => {
      isKicked = true
    },
  }
}

const groupIds = [...groups.values()].map(({ id }) => id)
const channelOf = (chatId: unknown) =>
  channels.find(({ id, username }) => [String(id), `@${username}`].includes(String(chatId)))
const groupOf = ({ id }: { id: number }) => groups.get(id) ?? null

interface Form {
  values: Record<string, unknown>
  files: Map<string, { mime: string; bytes: number }>
  isAlbum?: boolean
}

/** Reads JSON or a multipart form, whose values are JSON where they can be. */
async function formOf({ headers, body }: Received): Promise<Form> {
  const type = headers['content-type'] ?? ''
  if (!type.startsWith('multipart/'))
    return {
      values: z.record(z.string(), z.unknown()).catch({}).parse(jsonOf(body)),
      files: new Map(),
    }
  const form = await new Response(Buffer.from(body), {
    headers: { 'content-type': type },
  }).formData()
  const read: Form = { values: {}, files: new Map() }
  for (const [name, value] of form)
    if (typeof value === 'string') {
      const isText = name === 'caption' || name === 'text'
      read.values[name] = isText ? value : (jsonOf(Buffer.from(value)) ?? value)
    } else read.files.set(name, { mime: value.type, bytes: value.size })
  return read
}

async function deliver(webhook: { url: string; secret: string }, update: object) {
  const headers = {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': webhook.secret,
  }
  await fetch(webhook.url, { method: 'POST', headers, body: JSON.stringify(update) }).catch(
    () => {},
  )
}

const unixTime = () => Math.floor(Date.now() / 1000)
const ok = (result: unknown): FakeReply => ({ status: 200, json: { ok: true, result } })
const refusal = (code: number, description: string, parameters?: object): FakeReply => ({
  status: code,
  json: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
})
