import type { Permission } from '../../api/types.ts'

type Bilingual = { fa: string; en: string }

/** What an API key may be allowed, in people's words. */
export const permissionNames: Record<Permission, Bilingual> = {
  'workspace:read': { en: 'See the workspace', fa: 'دیدن فضای کاری' },
  'workspace:write': { en: 'Change the rules of the workspace', fa: 'تغییر قاعده‌های فضای کاری' },
  'members:read': { en: 'See the members', fa: 'دیدن اعضا' },
  'members:write': { en: 'Add, change and remove members', fa: 'افزودن، تغییر و برداشتن اعضا' },
  'owners:write': { en: 'Make and remove owners', fa: 'افزودن و حذف مالکان' },
  'api-keys:read': { en: 'See the API keys', fa: 'دیدن کلیدهای API' },
  'api-keys:write': { en: 'Make and revoke API keys', fa: 'ساختن و از کار انداختن کلیدهای API' },
  'audit:read': { en: 'Read the audit log', fa: 'خواندن گزارش کارها' },
  'channels:read': { en: 'See the channels', fa: 'دیدن کانال‌ها' },
  'channels:write': { en: 'Connect and remove channels', fa: 'اتصال و برداشتن کانال‌ها' },
  'posts:read': { en: 'Read posts', fa: 'خواندن فرسته‌ها' },
  'posts:write': { en: 'Write and schedule posts', fa: 'نوشتن و زمان‌بندی فرسته‌ها' },
  'posts:approve': { en: 'Approve posts', fa: 'تأیید فرسته‌ها' },
  'publications:read': { en: 'See what was published', fa: 'دیدن انتشارها' },
  'publications:write': {
    en: 'Try again, and give new times to what went wrong',
    fa: 'تلاش دوباره و زمان تازه برای آنچه درست نرفت',
  },
  'holds:write': { en: 'Stop publishing and release it', fa: 'نگه داشتن انتشار و برداشتن نگه‌داشت' },
  'inbox:read': { en: 'Read conversations', fa: 'خواندن گفت‌وگوها' },
  'inbox:write': { en: 'Answer in conversations', fa: 'پاسخ در گفت‌وگوها' },
  'metrics:read': { en: 'Read metrics', fa: 'خواندن سنجه‌ها' },
  'operations:read': { en: 'See how the services are', fa: 'دیدن وضع سرویس‌ها' },
  'operations:write': { en: 'Repair the services', fa: 'ترمیم سرویس‌ها' },
}
