import type { Measure } from '../connector.ts'
import { reading } from '../failure.ts'
import { api } from './api.ts'
import type { TelegramCredentials } from './credentials.ts'

/** Bots can read a channel's member count, but no metrics of its messages. */
export const measure: Measure<TelegramCredentials> = {
  channel: (credentials, tools) =>
    reading(async () => ({
      followers: await api.getChatMemberCount(credentials, credentials.chatId, tools),
    })),
}
