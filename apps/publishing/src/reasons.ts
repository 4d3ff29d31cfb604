import { type Bilingual, type Reason, storableText } from '@hamava/contracts'
import { manifestOf } from '@hamava/networks/rules'

/** What people call a network. */
const nameOf = (network: string): Bilingual =>
  manifestOf(network)?.name ?? { en: network, fa: network }

const minutesEn = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`)
const minutesFa = (count: number) => `${count.toLocaleString('fa')} دقیقه`

const publishLaterFix = {
  en: 'Publish it now, or give it a new time.',
  fa: 'همین حالا منتشرش کنید یا زمان جدیدی بدهید.',
}

const lookFix = {
  en: 'Look on the network: give the link if it is live, or have it published again.',
  fa: 'در شبکه نگاه کنید: اگر هست لینکش را بدهید، وگرنه دوباره منتشرش کنید.',
}

const restFix = {
  en: 'Drop the rest of it, or publish it all as new, from the beginning.',
  fa: 'از باقی‌مانده صرف‌نظر کنید یا همه را از نو منتشر کنید.',
}

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
  channelGone: (handle: string | null): Reason => ({
    code: 'channel_gone',
    message: handle
      ? { en: `The channel ${handle} was removed.`, fa: `کانال ${handle} حذف شده است.` }
      : { en: 'Its channel was removed.', fa: 'کانال آن حذف شده است.' },
    fix: {
      en: 'Connect the account again and publish it then, or cancel it.',
      fa: 'حساب را دوباره متصل کنید و سپس منتشرش کنید، یا انتشار را لغو کنید.',
    },
  }),
  /** It ended with its channel, before anything of it was up. */
  endedWithChannel: (handle: string): Reason => ({
    code: 'channel_removed',
    message: {
      en: `The channel ${handle} was removed before this went out.`,
      fa: `کانال ${handle} پیش از انتشار این حذف شد.`,
    },
    fix: {
      en: 'To publish it after all, connect the account again and schedule the post again.',
      fa: 'اگر باید منتشر شود، حساب را دوباره متصل و پست را دوباره زمان‌بندی کنید.',
    },
  }),
  /** Nobody knows whether it went out, and now nobody can ask. */
  unconfirmedOnRemoved: (handle: string): Reason => ({
    code: 'outcome_unknown',
    message: {
      en: `The channel ${handle} was removed while nobody knew whether this had gone out: it may be live or not.`,
      fa: `کانال ${handle} زمانی حذف شد که معلوم نبود این منتشر شده است یا نه.`,
    },
    fix: {
      en: 'Look on the network: give the link if it is live, or accept it as it is.',
      fa: 'در شبکه نگاه کنید: اگر هست لینکش را بدهید، وگرنه همین وضعیت را بپذیرید.',
    },
  }),
  missed: (minutes: number): Reason => ({
    code: 'too_late_to_publish',
    message: {
      en: `It could not leave within ${minutesEn(minutes)} of its due time.`,
      fa: `تا ${minutesFa(minutes)} پس از زمانش نتوانست منتشر شود.`,
    },
    fix: publishLaterFix,
  }),
  missedInProcessing: (network: string, minutes: number): Reason => ({
    code: 'too_late_to_publish',
    message: {
      en: `${nameOf(network).en} was still processing its media ${minutesEn(minutes)} after its due time; nothing of it is live.`,
      fa: `${nameOf(network).fa} تا ${minutesFa(minutes)} پس از زمانش هنوز فایل‌ها را پردازش می‌کرد؛ چیزی از آن منتشر نشده است.`,
    },
    fix: publishLaterFix,
  }),
  notApproved: (minutes: number): Reason => ({
    code: 'not_approved_in_time',
    message: {
      en: `Nobody approved it within ${minutesEn(minutes)} of its due time.`,
      fa: `تا ${minutesFa(minutes)} پس از زمانش کسی آن را تأیید نکرد.`,
    },
    fix: {
      en: 'Have it approved, then give it a new time.',
      fa: 'تأییدش را بگیرید و زمان جدیدی بدهید.',
    },
  }),
  approvedLate: {
    code: 'approved_too_late',
    message: {
      en: 'It was approved only after its time had passed.',
      fa: 'پس از گذشتن زمانش تأیید شد.',
    },
    fix: publishLaterFix,
  } satisfies Reason,
  unconfirmed: (network: string, detail?: string): Reason => ({
    code: 'outcome_unknown',
    message: {
      en: `The reply of ${nameOf(network).en} was lost and it cannot be asked: it may be live or not.`,
      fa: `پاسخ ${nameOf(network).fa} از دست رفت و نمی‌توان از آن پرسید: شاید منتشر شده باشد و شاید نه.`,
    },
    fix: lookFix,
    ...(detail && { detail }),
  }),
  /** Read back in time and not seen, and by then too late to send again. */
  notSeen: (network: string): Reason => ({
    code: 'outcome_unknown',
    message: {
      en: `The reply of ${nameOf(network).en} was lost. Nothing of it was seen on the channel, and then it was too late to send it again.`,
      fa: `پاسخ ${nameOf(network).fa} از دست رفت. در کانال دیده نشد و برای ارسال دوباره دیر شده بود.`,
    },
    fix: lookFix,
  }),
  /** There is something on the channel that may be it, in other words. */
  unrecognised: (network: string): Reason => ({
    code: 'outcome_unknown',
    message: {
      en: `The reply of ${nameOf(network).en} was lost, and what is on the channel cannot be told apart from it: it may be live or not.`,
      fa: `پاسخ ${nameOf(network).fa} از دست رفت و معلوم نیست آنچه در کانال هست همان است یا نه: شاید منتشر شده باشد و شاید نه.`,
    },
    fix: lookFix,
  }),
  processingEndless: (network: string): Reason => ({
    code: 'processing_endless',
    message: {
      en: `${nameOf(network).en} has been processing it for hours: it may go live or not.`,
      fa: `${nameOf(network).fa} ساعت‌هاست آن را پردازش می‌کند: شاید منتشر شود و شاید نه.`,
    },
    fix: lookFix,
  }),
  processingFailed: (network: string): Reason => ({
    code: 'processing_endless',
    message: {
      en: `${nameOf(network).en} has been processing its media for hours; nothing of it is live.`,
      fa: `${nameOf(network).fa} ساعت‌هاست فایل‌های آن را پردازش می‌کند؛ چیزی از آن منتشر نشده است.`,
    },
    fix: {
      en: 'Publish it again, or use another file.',
      fa: 'دوباره منتشرش کنید یا فایل دیگری بگذارید.',
    },
  }),
  /** It was refused, but an earlier request may have been carried out. */
  refusedInDoubt: (reason: Reason): Reason => ({ ...reason, fix: lookFix }),
  /** What is up can no longer be changed, so the advice for a whole post does not help. */
  partRefused: (reason: Reason): Reason => ({ ...reason, fix: restFix }),
  cannotContinue: (): Reason => ({
    code: 'cannot_continue',
    message: {
      en: 'A part is live whose id the network never told, so the next cannot be attached to it.',
      fa: 'بخشی منتشر شده که شبکه شناسه‌اش را نگفته، پس ادامه‌اش را نمی‌توان به آن پیوست.',
    },
    fix: restFix,
  }),
  /** A person ended a publication of which a part is not up. */
  restDropped: (up: number, of: number): Reason => ({
    code: 'rest_dropped',
    message: {
      en: `${up} of ${of} parts are live; somebody decided to leave it at that.`,
      fa: `${up.toLocaleString('fa')} بخش از ${of.toLocaleString('fa')} بخش منتشر شده و تصمیم گرفته شد بقیه منتشر نشود.`,
    },
    fix: {
      en: 'Nothing to do. What is missing can go out in a post of its own.',
      fa: 'کاری لازم نیست. آنچه مانده را می‌توانید در پستی جدا منتشر کنید.',
    },
  }),
  /** A person ended a publication of which, as far as is known, nothing is up. */
  acceptedAsItIs: (wasUnknown: boolean): Reason => ({
    code: wasUnknown ? 'left_in_doubt' : 'accepted_as_it_is',
    message: wasUnknown
      ? {
          en: 'Nobody knows whether it is live; somebody decided to leave it at that.',
          fa: 'معلوم نیست منتشر شده است یا نه و تصمیم گرفته شد همین‌طور بماند.',
        }
      : {
          en: 'It did not go out, and somebody decided to leave it at that.',
          fa: 'منتشر نشد و تصمیم گرفته شد همین‌طور بماند.',
        },
    fix: {
      en: 'Nothing to do; the post can be scheduled again.',
      fa: 'کاری لازم نیست؛ می‌توانید پست را دوباره زمان‌بندی کنید.',
    },
  }),
  gaveUp: (attempts: number, last: Reason): Reason => ({
    ...last,
    message: {
      en: `${attempts} attempts failed; the last: ${last.message.en}`,
      fa: `${attempts.toLocaleString('fa')} تلاش ناموفق بود؛ آخرین: ${last.message.fa}`,
    },
    // It is no longer tried by itself.
    fix: publishLaterFix,
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
    detail: storableText(detail, 500),
  }),
}
