import type { Measure } from '../connector.ts'
import { reading } from '../failure.ts'
import { api } from './api.ts'
import type { TelegramCredentials } from './credentials.ts'

/** Bots see how many follow a channel, and nothing of how its messages do. */
export const measure: Measure<TelegramCredentials> = {
  channel: (credentials, tools) =>
    reading(async () => ({
      followers: await api.getChatMemberCount(credentials, credentials.chatId, tools),
    })),
}
