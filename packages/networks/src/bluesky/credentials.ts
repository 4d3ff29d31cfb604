import { z } from 'zod'

export const credentials = z.object({
  service: z.url(),
  did: z.string(),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string().optional(),
})
export type BlueskyCredentials = z.infer<typeof credentials>

/** When an access token dies, as it says itself. */
export function expiryOf(jwt: string): Date | null {
  try {
    const payload: unknown = JSON.parse(
      Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString(),
    )
    const { exp } = z.object({ exp: z.number() }).parse(payload)
    return new Date(exp * 1000)
  } catch {
    return null
  }
}
