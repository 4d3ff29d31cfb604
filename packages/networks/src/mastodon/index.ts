import { jsonSchemaOf, type Manifest } from '../rules/manifest.ts'
import { settings } from './settings.ts'

export { settings }

const minute = 60 * 1000

/** How long a server may work on a status, as it fetches the pages that the text links to. */
export const longestWorkMs = 90_000

const server = {
  name: 'instance',
  label: { en: 'Server', fa: 'سرور' },
  secret: false,
  required: true,
  hint: { en: 'Such as https://mastodon.social', fa: 'مانند https://mastodon.social' },
}

/** The limits are Mastodon's own defaults; a server may have set others, and then its answer decides. */
export const manifest: Manifest = {
  id: 'mastodon',
  name: { en: 'Mastodon', fa: 'ماستودون' },
  homepage: 'https://joinmastodon.org',
  connect: [
    { method: 'oauth_code', fields: [server] },
    {
      method: 'access_token',
      fields: [
        server,
        {
          name: 'accessToken',
          label: { en: 'Access token', fa: 'رمز دسترسی' },
          secret: true,
          required: true,
          hint: {
            en: 'Made under Preferences → Development, with the scopes read, write:statuses and write:media.',
            fa: 'در Preferences → Development با دامنه‌های read و write:statuses و write:media ساخته می‌شود.',
          },
        },
      ],
    },
  ],
  text: {
    max: 500,
    unit: 'graphemes',
    urlWeight: 23,
    shortMentions: true,
    countedSettings: ['spoilerText'],
  },
  media: {
    max: 4,
    images: {
      types: [
        'image/jpeg',
        'image/png',
        'image/gif',
        'image/webp',
        'image/heic',
        'image/heif',
        'image/avif',
      ],
      maxBytes: 16 * 1024 * 1024,
      max: 4,
    },
    videos: {
      types: ['video/mp4', 'video/webm', 'video/quicktime'],
      maxBytes: 99 * 1024 * 1024,
      max: 1,
    },
    mixed: false,
    altMax: 1500,
  },
  formats: [
    { format: 'text' },
    { format: 'images' },
    { format: 'video' },
    { format: 'poll', setting: 'poll', media: { max: 0 } },
  ],
  capabilities: [
    'publish',
    'thread',
    'first_comment',
    'comments',
    'mentions',
    'direct_messages',
    'post_metrics',
    'channel_metrics',
  ],
  idempotency: { kind: 'key_last', windowMs: 60 * minute, waitMs: longestWorkMs },
  readBack: { settleMs: 5000 },
  scopes: { publish: ['write:statuses'], media: ['write:media'] },
  budgets: [{ scope: 'channel', limit: 300, windowMs: 5 * minute, counts: 'requests' }],
  settings: jsonSchemaOf(settings),
}
