import { z } from 'zod'

/** Mastodon's tokens do not expire, so nothing renews them. */
export const credentials = z.object({
  server: z.url(),
  accessToken: z.string(),
  accountId: z.string(),
  /** The handle as its own server writes it: `name`, without the server. */
  acct: z.string(),
  /** The server's software by its own word, in lower case; left out if unknown. */
  software: z.string().optional(),
  /** The app that got the token by OAuth; revoking the token needs its secret. */
  app: z.object({ clientId: z.string(), clientSecret: z.string() }).optional(),
})
export type MastodonCredentials = z.infer<typeof credentials>
