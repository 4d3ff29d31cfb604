import type { Bilingual, Reason } from '@hamava/contracts'
import { manifestOf } from '@hamava/networks/rules'

/** What people call a network. */
const nameOf = (network: string): Bilingual =>
  manifestOf(network)?.name ?? { en: network, fa: network }

const reconnectFix = {
  en: 'Connect the channel again; its publications then go on by themselves.',
  fa: 'کانال را دوباره متصل کنید؛ انتشارهایش خودبه‌خود ادامه می‌یابند.',
}

/** The causes that arise here, in plain words; connectors bring their own. */
export const reasons = {
  needsReconnect: (handle: string): Reason => ({
    code: 'channel_needs_reconnect',
    message: {
      en: `${handle} has lost its access to the network.`,
      fa: `دسترسی ${handle} به شبکه از دست رفته است.`,
    },
    fix: reconnectFix,
  }),
  channelGone: (id: string): Reason => ({
    code: 'channel_gone',
    message: { en: `The channel ${id} was removed.`, fa: `کانال ${id} برداشته شده است.` },
    fix: {
      en: 'Connect it again, or cancel the publication.',
      fa: 'آن را دوباره متصل کنید یا انتشار را لغو کنید.',
    },
  }),
  missed: (minutes: number): Reason => ({
    code: 'too_late_to_publish',
    message: {
      en: `It could not leave within ${minutes} minutes of its due time.`,
      fa: `تا ${minutes.toLocaleString('fa')} دقیقه پس از زمانش نتوانست منتشر شود.`,
    },
    fix: {
      en: 'Publish it now, or give it a new time.',
      fa: 'همین حالا منتشرش کنید یا زمان تازه‌ای بدهید.',
    },
  }),
  notApproved: (minutes: number): Reason => ({
    code: 'not_approved_in_time',
    message: {
      en: `Nobody approved it within ${minutes} minutes of its due time.`,
      fa: `تا ${minutes.toLocaleString('fa')} دقیقه پس از زمانش کسی آن را تأیید نکرد.`,
    },
    fix: {
      en: 'Have it approved, then give it a new time.',
      fa: 'تأییدش را بگیرید و زمان تازه‌ای بدهید.',
    },
  }),
  approvedLate: {
    code: 'approved_too_late',
    message: {
      en: 'It was approved only after its time had passed.',
      fa: 'پس از گذشتن زمانش تأیید شد.',
    },
    fix: {
      en: 'Publish it now, or give it a new time.',
      fa: 'همین حالا منتشرش کنید یا زمان تازه‌ای بدهید.',
    },
  } satisfies Reason,
  unconfirmed: (network: string, detail?: string): Reason => ({
    code: 'outcome_unknown',
    message: {
      en: `The reply of ${nameOf(network).en} was lost and it cannot be asked: it may be live or not.`,
      fa: `پاسخ ${nameOf(network).fa} از دست رفت و نمی‌توان از آن پرسید: شاید منتشر شده باشد و شاید نه.`,
    },
    fix: {
      en: 'Look on the network: give the link if it is live, or have it published again.',
      fa: 'در شبکه نگاه کنید: اگر هست پیوندش را بدهید، وگرنه دوباره منتشرش کنید.',
    },
    ...(detail && { detail }),
  }),
  processingEndless: (network: string): Reason => ({
    code: 'processing_endless',
    message: {
      en: `${nameOf(network).en} has been processing it for hours: it may go live or not.`,
      fa: `${nameOf(network).fa} ساعت‌هاست آن را پردازش می‌کند: شاید منتشر شود و شاید نه.`,
    },
    fix: {
      en: 'Look on the network: give the link if it is live, or have it published again.',
      fa: 'در شبکه نگاه کنید: اگر هست پیوندش را بدهید، وگرنه دوباره منتشرش کنید.',
    },
  }),
  cannotContinue: (): Reason => ({
    code: 'cannot_continue',
    message: {
      en: 'A part is live whose id the network never told, so the next cannot be attached to it.',
      fa: 'بخشی منتشر شده که شبکه شناسه‌اش را نگفته، پس ادامه‌اش را نمی‌توان به آن پیوست.',
    },
    fix: {
      en: 'Publish the remaining parts by hand, under the one that is live.',
      fa: 'بخش‌های مانده را خودتان زیر بخش منتشرشده بگذارید.',
    },
  }),
  gaveUp: (attempts: number, last: Reason): Reason => ({
    ...last,
    message: {
      en: `${attempts} attempts failed; the last: ${last.message.en}`,
      fa: `${attempts.toLocaleString('fa')} تلاش ناکام ماند؛ آخرین: ${last.message.fa}`,
    },
  }),
  waitsForQuota: (network: string): Reason => ({
    code: 'waits_for_quota',
    message: {
      en: `${nameOf(network).en} takes no more for now; it goes on by itself as soon as there is room.`,
      fa: `${nameOf(network).fa} فعلاً بیشتر نمی‌پذیرد؛ همین که جا باز شود خودبه‌خود ادامه می‌یابد.`,
    },
    fix: {
      en: 'Nothing to do; spread the posts out if it happens often.',
      fa: 'کاری لازم نیست؛ اگر زیاد پیش می‌آید فرسته‌ها را با فاصله زمان‌بندی کنید.',
    },
  }),
  held: (reason: string): Reason => ({
    code: 'held_back',
    message: { en: `It is held: ${reason}`, fa: `نگه داشته شده است: ${reason}` },
    fix: {
      en: 'Release the hold; it then goes on or asks for a new time.',
      fa: 'نگه‌داشت را بردارید؛ آنگاه ادامه می‌یابد یا زمان تازه می‌خواهد.',
    },
  }),
  ownerMayLive: (): Reason => ({
    code: 'sender_not_gone',
    message: {
      en: 'The process that was sending it stands still and may yet go on, so nothing is sent again.',
      fa: 'پردازه‌ای که آن را می‌فرستاد ایستاده و شاید ادامه دهد؛ پس دوباره چیزی فرستاده نمی‌شود.',
    },
    fix: {
      en: 'End or continue the publishing process that hangs; it then settles by itself.',
      fa: 'پردازهٔ انتشاری را که ایستاده پایان دهید یا ادامه دهید؛ آنگاه خودش روشن می‌شود.',
    },
  }),
  noConnector: (network: string): Reason => ({
    code: 'network_unknown',
    message: {
      en: `This version of Hamava cannot publish to ${nameOf(network).en}.`,
      fa: `این نسخهٔ هم‌آوا در ${nameOf(network).fa} منتشر نمی‌کند.`,
    },
    fix: { en: 'Update Hamava or cancel it.', fa: 'هم‌آوا را به‌روز یا انتشار را لغو کنید.' },
  }),
  fault: (detail: string): Reason => ({
    code: 'internal_fault',
    message: {
      en: 'It could not be prepared for sending.',
      fa: 'آماده‌سازی آن برای ارسال ممکن نشد.',
    },
    fix: {
      en: 'See `detail`; it will be tried again.',
      fa: 'detail را ببینید؛ دوباره تلاش می‌شود.',
    },
    detail: detail.slice(0, 500),
  }),
}
