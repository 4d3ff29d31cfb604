import { labelled } from '@hamava/contracts'
import { z } from 'zod'

/** The settings of a Bluesky post. */
export const settings = z.strictObject({
  contentWarning: labelled(
    z
      .enum(['none', 'sexual', 'nudity', 'porn', 'graphic-media'])
      .default('none')
      .describe('Label that hides the media until it is asked for'),
    {
      label: { en: 'Content warning', fa: 'هشدار محتوا' },
      hint: {
        en: 'Hides the media until someone asks to see it.',
        fa: 'رسانه را پنهان می‌کند تا کسی بخواهد آن را ببیند.',
      },
      valueLabels: {
        none: { en: 'None', fa: 'بدون هشدار' },
        sexual: { en: 'Suggestive', fa: 'تحریک‌آمیز' },
        nudity: { en: 'Nudity', fa: 'برهنگی' },
        porn: { en: 'Adult content', fa: 'محتوای بزرگسال' },
        'graphic-media': { en: 'Graphic media', fa: 'صحنه‌های خشن یا آزاردهنده' },
      },
    },
  ),
  linkCard: labelled(
    z
      .strictObject({
        url: labelled(z.url({ protocol: /^https?$/, normalize: true }).max(2000), {
          label: { en: 'Address', fa: 'نشانی' },
        }),
        title: labelled(z.string().trim().min(1).max(300), {
          label: { en: 'Title', fa: 'عنوان' },
        }),
        description: labelled(z.string().max(1000).default(''), {
          label: { en: 'Description', fa: 'شرح' },
        }),
      })
      .optional()
      .describe('A card with a link beneath the text; the image of the post becomes its picture'),
    {
      label: { en: 'Link card', fa: 'کارت لینک' },
      hint: {
        en: 'The image of the post, if there is one, becomes the picture of the card.',
        fa: 'اگر پست تصویری داشته باشد، تصویر کارت می‌شود.',
      },
    },
  ),
})
export type BlueskySettings = z.infer<typeof settings>
