import { z } from 'zod'

/** What a Telegram message can be asked beside its text. */
export const settings = z.strictObject({
  silent: z.boolean().default(false).describe('Deliver without a sound'),
  protectContent: z.boolean().default(false).describe('Forbid forwarding and saving'),
  linkPreview: z.boolean().default(true).describe('Show a preview of the first link'),
  spoiler: z.boolean().default(false).describe('Blur the media until it is tapped'),
})
export type TelegramSettings = z.infer<typeof settings>
