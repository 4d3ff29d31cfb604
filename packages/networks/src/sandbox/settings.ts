import { z } from 'zod'

/** What a post in the sandbox can be asked beside its text. */
export const settings = z.strictObject({
  visibility: z.enum(['public', 'unlisted']).default('public').describe('Who sees the post'),
})
export type SandboxSettings = z.infer<typeof settings>
