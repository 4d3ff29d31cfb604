import { jsonSchemaOf, type Manifest } from '../rules/manifest.ts'
import { settings } from './settings.ts'

export { settings }

const hour = 60 * 60 * 1000

export const manifest: Manifest = {
  id: 'bluesky',
  name: { en: 'Bluesky', fa: 'بلواسکای' },
  homepage: 'https://bsky.app',
  connect: [
    {
      method: 'app_password',
      fields: [
        {
          name: 'service',
          label: { en: 'Server', fa: 'سرور' },
          secret: false,
          required: true,
          default: 'https://bsky.social',
        },
        {
          name: 'handle',
          label: { en: 'Handle', fa: 'شناسهٔ کاربری' },
          secret: false,
          required: true,
          hint: { en: 'Such as name.bsky.social', fa: 'مانند name.bsky.social' },
        },
        {
          name: 'appPassword',
          label: { en: 'App password', fa: 'گذرواژهٔ برنامه' },
          secret: true,
          required: true,
          hint: {
            en: 'Made under Settings → Privacy and security → App passwords; not the main password.',
            fa: 'در Settings → Privacy and security → App passwords ساخته می‌شود؛ گذرواژهٔ اصلی نیست.',
          },
        },
      ],
    },
  ],
  text: { max: 300, unit: 'graphemes', maxBytes: 3000 },
  media: {
    max: 4,
    images: {
      types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
      maxBytes: 2_000_000,
      max: 4,
    },
    videos: null,
    mixed: false,
    altMax: 2000,
  },
  formats: [
    { format: 'text' },
    { format: 'images' },
    // The post's one image becomes the card's thumbnail.
    { format: 'link_card', setting: 'linkCard', media: { max: 1, maxBytes: 1_000_000 } },
  ],
  capabilities: [
    'publish',
    'thread',
    'first_comment',
    'comments',
    'mentions',
    'post_metrics',
    'channel_metrics',
  ],
  idempotency: { kind: 'client_id' },
  readBack: { settleMs: 1000 },
  // Points, of which a post takes three.
  budgets: [
    { scope: 'channel', limit: 5000, windowMs: hour, cost: 3 },
    { scope: 'channel', limit: 35_000, windowMs: 24 * hour, cost: 3 },
  ],
  settings: jsonSchemaOf(settings),
}
