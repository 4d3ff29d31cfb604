import { z } from 'zod'

/** What an account does with a repeated request. */
export const keyed = z.enum(['key', 'late', 'readable', 'none'])

export const credentials = z.object({
  url: z.url(),
  token: z.string(),
  refreshToken: z.string().optional(),
  handle: z.string(),
  keyed,
})
export type SandboxCredentials = z.infer<typeof credentials>
