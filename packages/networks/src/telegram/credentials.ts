import { z } from 'zod'

/** A bot's token does not expire; `chatId` is the chat's number, which outlives its @name. */
export const credentials = z.object({
  apiUrl: z.url(),
  token: z.string(),
  botId: z.number(),
  botName: z.string(),
  chatId: z.number(),
  /** The public @name of the chat without the @, if it has one. */
  chatName: z.string().nullable(),
})
export type TelegramCredentials = z.infer<typeof credentials>
