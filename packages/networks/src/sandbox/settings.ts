import { labelled } from '@hamava/contracts'
import { z } from 'zod'

/** The settings of a post in the sandbox. */
export const settings = z.strictObject({
  visibility: labelled(
    z.enum(['public', 'unlisted']).default('public').describe('Who sees the post'),
    {
      label: { en: 'Who can see it', fa: 'چه کسانی ببینند' },
      valueLabels: {
        public: { en: 'Everyone', fa: 'همه' },
        unlisted: { en: 'Only people with the link', fa: 'فقط کسانی که لینک را دارند' },
      },
    },
  ),
})
export type SandboxSettings = z.infer<typeof settings>
