import { z } from 'zod'

/** What a Bluesky post can be asked beside its text. */
export const settings = z.strictObject({
  contentWarning: z
    .enum(['none', 'sexual', 'nudity', 'porn', 'graphic-media'])
    .default('none')
    .describe('Label that hides the media until it is asked for'),
})
export type BlueskySettings = z.infer<typeof settings>
