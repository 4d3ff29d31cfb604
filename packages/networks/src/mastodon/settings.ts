import { labelled } from '@hamava/contracts'
import { z } from 'zod'

/** The settings of a Mastodon status. */
export const settings = z.strictObject({
  visibility: labelled(
    z
      .enum(['public', 'unlisted', 'private', 'direct'])
      .default('public')
      .describe('Who sees the status'),
    {
      label: { en: 'Who can see it', fa: 'چه کسانی ببینند' },
      valueLabels: {
        public: { en: 'Everyone', fa: 'همه' },
        unlisted: {
          en: 'Everyone, but not in public timelines',
          fa: 'همه، ولی نه در خط زمانی عمومی',
        },
        private: { en: 'Followers only', fa: 'فقط دنبال‌کننده‌ها' },
        direct: { en: 'Mentioned people only', fa: 'فقط کسانی که منشن شده‌اند' },
      },
    },
  ),
  spoilerText: labelled(
    z.string().max(500).default('').describe('Content warning shown before the text'),
    {
      label: { en: 'Content warning', fa: 'هشدار محتوا' },
      hint: {
        en: 'Shown instead of the text until someone opens it. It counts towards the length of the text.',
        fa: 'تا کسی پست را باز نکند، به‌جای متن دیده می‌شود و جزو طول متن حساب می‌شود.',
      },
    },
  ),
  sensitive: labelled(z.boolean().default(false).describe('Hide the media until it is asked for'), {
    label: { en: 'Hide media until tapped', fa: 'پنهان کردن رسانه تا لمس شود' },
  }),
  language: labelled(
    z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .optional()
      .describe('ISO 639 code of the language; else the first language of the post'),
    {
      label: { en: 'Language', fa: 'زبان' },
      hint: {
        en: 'A language code, such as fa or en. If empty, the language is detected from the text.',
        fa: 'کد زبان، مانند \u2066fa\u2069 یا \u2066en\u2069. اگر خالی باشد، از روی متن تشخیص داده می‌شود.',
      },
    },
  ),
  poll: labelled(
    z
      .strictObject({
        options: labelled(
          z
            .array(z.string().trim().min(1).max(50))
            .min(2)
            .max(4)
            .refine((options) => new Set(options).size === options.length, {
              error: 'names a choice twice',
              params: { fa: 'یک گزینه دو بار آمده است' },
            }),
          { label: { en: 'Choices', fa: 'گزینه‌ها' } },
        ),
        hours: labelled(z.int().min(1).max(720).default(24).describe('Hours until it closes'), {
          label: { en: 'Hours until it closes', fa: 'ساعت تا پایان' },
        }),
        multiple: labelled(
          z.boolean().default(false).describe('Whether people may choose several'),
          { label: { en: 'Several choices allowed', fa: 'انتخاب چند گزینه مجاز است' } },
        ),
        hideTotals: labelled(
          z.boolean().default(false).describe('Whether counts are hidden until it closes'),
          { label: { en: 'Hide counts until it closes', fa: 'پنهان کردن شمارش تا پایان' } },
        ),
      })
      .optional()
      .describe('A poll beneath the text; such a status has no media'),
    { label: { en: 'Poll', fa: 'نظرسنجی' } },
  ),
})
export type MastodonSettings = z.infer<typeof settings>
