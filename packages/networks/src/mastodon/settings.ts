import { z } from 'zod'

/** What a Mastodon status can be asked beside its text. */
export const settings = z.strictObject({
  visibility: z
    .enum(['public', 'unlisted', 'private', 'direct'])
    .default('public')
    .describe('Who sees the status'),
  spoilerText: z.string().max(500).default('').describe('Content warning shown before the text'),
  sensitive: z.boolean().default(false).describe('Hide the media until it is asked for'),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional()
    .describe('ISO 639 code of the language; else the first language of the post'),
})
export type MastodonSettings = z.infer<typeof settings>
