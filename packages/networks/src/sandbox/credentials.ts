import { z } from 'zod'

export const credentials = z.object({
  url: z.url(),
  token: z.string(),
  refreshToken: z.string().optional(),
  handle: z.string(),
  /** What the account does with a repeated request. */
  keyed: z.enum(['key', 'readable', 'none']),
})
export type Credentials = z.infer<typeof credentials>
