import { z } from 'zod'

/** Mastodon's tokens do not expire, so nothing renews them. */
export const credentials = z.object({
  server: z.url(),
  accessToken: z.string(),
  accountId: z.string(),
  /** `name` here, `name@server` elsewhere. */
  acct: z.string(),
  /** What the server runs, by its own word, in small letters; left out while nobody has asked. */
  software: z.string().optional(),
  /** In whose name the token was given, where it was by OAuth: whoever ends it must prove to be that. */
  app: z.object({ clientId: z.string(), clientSecret: z.string() }).optional(),
})
export type MastodonCredentials = z.infer<typeof credentials>
