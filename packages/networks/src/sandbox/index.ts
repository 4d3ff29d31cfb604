import { extraSchemas, jsonSchemaOf, type Manifest } from '../rules/manifest.ts'
import { settings } from './settings.ts'

export { settings }

const day = 24 * 60 * 60 * 1000

/** How long the sandbox may work on a request, `latency` included. */
export const longestWorkMs = 5_000

/**
 * The sandbox is a network of our own. What a repeated request does differs by account (see `guarantees` of the
 * connector), so the manifest promises only the weakest guarantee.
 */
export const manifest: Manifest = {
  id: 'sandbox',
  name: { en: 'Sandbox', fa: 'شبکهٔ آزمایشی' },
  homepage: 'http://127.0.0.1',
  connect: [
    {
      method: 'access_token',
      fields: [
        {
          name: 'url',
          label: { en: 'Address of the sandbox', fa: 'نشانی شبکهٔ آزمایشی' },
          secret: false,
          required: true,
          hint: { en: 'Such as http://127.0.0.1:4100', fa: 'مانند http://127.0.0.1:4100' },
        },
        {
          name: 'token',
          label: { en: 'Access token', fa: 'رمز دسترسی' },
          secret: true,
          required: true,
          hint: {
            en: 'POST /accounts of the sandbox answers with one.',
            fa: 'پاسخِ POST /accounts شبکهٔ آزمایشی آن را می‌دهد.',
          },
        },
        {
          name: 'refreshToken',
          label: { en: 'Refresh token', fa: 'رمز نوسازی' },
          secret: true,
          required: false,
          hint: {
            en: 'Only for accounts whose tokens expire.',
            fa: 'تنها برای حساب‌هایی که رمزشان منقضی می‌شود.',
          },
        },
      ],
    },
  ],
  text: { max: 1000, unit: 'graphemes' },
  media: {
    max: 4,
    images: {
      types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
      maxBytes: 10_000_000,
      max: 4,
    },
    videos: { types: ['video/mp4', 'video/webm'], maxBytes: 50_000_000, max: 1 },
    mixed: false,
    altMax: 1000,
  },
  formats: [{ format: 'text' }, { format: 'images' }, { format: 'video' }],
  extras: extraSchemas('location'),
  capabilities: [
    'publish',
    'thread',
    'first_comment',
    'comments',
    'mentions',
    'direct_messages',
    'webhook',
    'post_metrics',
    'channel_metrics',
  ],
  idempotency: { kind: 'none', waitMs: longestWorkMs },
  readBack: { settleMs: 1000 },
  budgets: [{ scope: 'channel', limit: 100_000, windowMs: 60_000 }],
  settings: jsonSchemaOf(settings),
}

/** How long the sandbox remembers an idempotency key. */
export const keyWindowMs = day
