import type { Bilingual, Reason, RiskCode } from '@hamava/contracts'
import { manifestOf } from '@hamava/networks/rules'

const risk = (code: RiskCode, message: Bilingual, fix: Bilingual): Reason => ({
  code,
  message,
  fix,
})

/** What may stand in the way, in plain words. */
export const risks = {
  channelGone: () =>
    risk(
      'channel_gone',
      { en: 'Its channel was removed.', fa: 'کانال آن برداشته شده است.' },
      { en: 'Connect it again, or cancel it.', fa: 'آن را دوباره متصل یا انتشار را لغو کنید.' },
    ),
  needsReconnect: (handle: string) =>
    risk(
      'channel_needs_reconnect',
      {
        en: `${handle} has lost its access to the network.`,
        fa: `دسترسی ${handle} به شبکه از دست رفته است.`,
      },
      { en: 'Connect the channel again.', fa: 'کانال را دوباره متصل کنید.' },
    ),
  tokenExpires: (at: Date) =>
    risk(
      'token_expires',
      {
        en: `The channel's access ends at ${at.toISOString()}, before it is due, and cannot be renewed.`,
        fa: `دسترسی کانال در ${at.toISOString()}، پیش از زمان انتشار، پایان می‌یابد و تمدیدشدنی نیست.`,
      },
      { en: 'Connect the channel again.', fa: 'کانال را دوباره متصل کنید.' },
    ),
  scopeMissing: (scopes: string[]) =>
    risk(
      'scope_missing',
      {
        en: `The channel's access does not allow ${scopes.join(', ')}.`,
        fa: `دسترسی کانال اجازهٔ ${scopes.join('، ')} را ندارد.`,
      },
      {
        en: 'Connect it again and grant what is asked.',
        fa: 'دوباره متصلش کنید و اجازه‌های خواسته‌شده را بدهید.',
      },
    ),
  held: (reason: string) =>
    risk(
      'channel_held',
      { en: `A hold stops it: ${reason}`, fa: `یک نگه‌داشت جلویش را گرفته است: ${reason}` },
      { en: 'Release the hold in time.', fa: 'نگه‌داشت را به‌موقع بردارید.' },
    ),
  notApproved: () =>
    risk(
      'not_approved',
      {
        en: 'Nobody has approved this content yet.',
        fa: 'هنوز کسی این محتوا را تأیید نکرده است.',
      },
      { en: 'Have the post approved in time.', fa: 'تأیید فرسته را به‌موقع بگیرید.' },
    ),
  quotaUsedUp: (network: string) =>
    risk(
      'quota_used_up',
      {
        en: `More is planned for the channel than ${network} takes by then.`,
        fa: `برای این کانال بیش از آنچه ${network} تا آن زمان می‌پذیرد برنامه‌ریزی شده است.`,
      },
      { en: 'Spread the posts out.', fa: 'فرسته‌ها را با فاصلهٔ بیشتر زمان‌بندی کنید.' },
    ),
  processingLong: (network: string, stage: 'preparing' | 'publishing', forMs: number) => {
    const minutes = Math.floor(forMs / 60_000)
    const name = manifestOf(network)?.name ?? { en: network, fa: network }
    const since = {
      en: `${name.en} has been processing it for ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`,
      fa: `${name.fa} ${minutes.toLocaleString('fa')} دقیقه است که آن را پردازش می‌کند`,
    }
    return stage === 'preparing'
      ? risk(
          'processing_long',
          {
            en: `${since.en}; nothing of it is live yet.`,
            fa: `${since.fa}؛ هنوز چیزی از آن منتشر نشده است.`,
          },
          {
            en: 'Wait, or cancel it, give it a new time or use another file.',
            fa: 'صبر کنید، یا لغوش کنید، زمان جدیدی بدهید یا فایل دیگری بگذارید.',
          },
        )
      : risk(
          'processing_long',
          {
            en: `${since.en}; it goes live when that is done.`,
            fa: `${since.fa}؛ پس از آن منتشر می‌شود.`,
          },
          { en: 'Wait, and look on the network.', fa: 'صبر کنید و در شبکه نگاه کنید.' },
        )
  },
  outsideRules: (message: Bilingual) =>
    risk('media_outside_rules', message, {
      en: 'Change the post for this channel.',
      fa: 'فرسته را برای این کانال تغییر دهید.',
    }),
}
