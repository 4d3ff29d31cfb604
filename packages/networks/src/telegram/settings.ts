import { labelled } from '@hamava/contracts'
import { z } from 'zod'

/** The settings of a Telegram message. */
export const settings = z.strictObject({
  silent: labelled(z.boolean().default(false).describe('Deliver without a sound'), {
    label: { en: 'Send without sound', fa: 'ارسال بی‌صدا' },
  }),
  protectContent: labelled(z.boolean().default(false).describe('Forbid forwarding and saving'), {
    label: { en: 'Block forwarding and saving', fa: 'جلوگیری از بازارسال و ذخیره' },
  }),
  linkPreview: labelled(z.boolean().default(true).describe('Show a preview of the first link'), {
    label: { en: 'Preview the first link', fa: 'پیش‌نمایش اولین لینک' },
  }),
  spoiler: labelled(z.boolean().default(false).describe('Blur the media until it is tapped'), {
    label: { en: 'Blur media until tapped', fa: 'محو کردن رسانه تا لمس شود' },
  }),
})
export type TelegramSettings = z.infer<typeof settings>
