import { jsonSchemaOf, type Manifest } from '../rules/manifest.ts'
import { settings } from './settings.ts'

export { settings }

export const manifest: Manifest = {
  id: 'telegram',
  name: { en: 'Telegram', fa: 'تلگرام' },
  homepage: 'https://telegram.org',
  connect: [
    {
      method: 'bot_token',
      fields: [
        {
          name: 'token',
          label: { en: 'Bot token', fa: 'رمز ربات' },
          secret: true,
          required: true,
          hint: { en: '@BotFather gives it.', fa: '\u2066@BotFather\u2069 آن را می‌دهد.' },
        },
        {
          name: 'chat',
          label: { en: 'Channel or group', fa: 'کانال یا گروه' },
          secret: false,
          required: true,
          hint: {
            en: '@name, or the number that begins with -100. The bot must be its administrator.',
            fa: '\u2066@name\u2069 یا شماره‌ای که با \u2066-100\u2069 آغاز می‌شود. ربات باید مدیر آن باشد.',
          },
        },
        {
          name: 'apiUrl',
          label: { en: 'Bot API server', fa: 'سرور Bot API' },
          secret: false,
          required: false,
          default: 'https://api.telegram.org',
        },
      ],
    },
  ],
  text: { max: 4096, unit: 'utf16', captionMax: 1024 },
  media: {
    max: 10,
    images: {
      types: ['image/jpeg', 'image/png', 'image/webp'],
      maxBytes: 10_000_000,
      max: 10,
      maxSideSum: 10_000,
      maxRatio: 20,
    },
    videos: { types: ['video/mp4'], maxBytes: 50_000_000, max: 10 },
    mixed: true,
    altMax: null,
  },
  formats: [{ format: 'text' }, { format: 'images' }, { format: 'carousel' }, { format: 'video' }],
  capabilities: [
    'publish',
    'thread',
    'comments',
    'mentions',
    'direct_messages',
    'webhook',
    'channel_metrics',
  ],
  idempotency: { kind: 'none', waitMs: 60_000 },
  readBack: null,
  budgets: [
    { scope: 'channel', limit: 20, windowMs: 60_000 },
    { scope: 'app', limit: 30, windowMs: 1000 },
  ],
  settings: jsonSchemaOf(settings),
}
