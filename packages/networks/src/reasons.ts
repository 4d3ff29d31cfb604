import type { Bilingual, Reason } from '@hamava/contracts'

/** The reasons that every network has, in plain words. Codes of one network alone are in its folder. */
export const reasons = {
  unreachable: (network: Bilingual, detail: string): Reason => ({
    code: 'unreachable',
    message: {
      en: `${network.en} could not be reached; nothing was sent.`,
      fa: `دسترسی به ${network.fa} ممکن نشد و چیزی فرستاده نشد.`,
    },
    fix: {
      en: 'It is tried again by itself. If it goes on, check the address and the connection of this server.',
      fa: 'خودکار دوباره تلاش می‌شود. اگر ادامه یافت، نشانی و اتصال این سرور را بررسی کنید.',
    },
    detail,
  }),

  addressRefused: (network: Bilingual, detail: string): Reason => ({
    code: 'address_refused',
    message: {
      en: `The address given for ${network.en} may not be called: it is not on the public internet, or has a port of its own. Nothing was sent.`,
      fa: `نشانیِ داده‌شده برای ${network.fa} پذیرفته نیست: در اینترنت همگانی نیست یا پورت دیگری دارد. چیزی فرستاده نشد.`,
    },
    fix: {
      en: 'Correct the address, or let the operator allow its exact origin by HAMAVA_OUTBOUND_ALLOW.',
      fa: 'نشانی را درست کنید، یا راهبر سامانه آن را در HAMAVA_OUTBOUND_ALLOW مجاز کند.',
    },
    detail,
  }),

  httpsNeeded: (network: Bilingual, detail: string): Reason => ({
    code: 'https_needed',
    message: {
      en: `The address given for ${network.en} begins with http://, where anybody on the way can read along; nothing was sent.`,
      fa: `نشانیِ داده‌شده برای ${network.fa} با \u2066http://\u2069 آغاز می‌شود و در راه خواندنی است؛ چیزی فرستاده نشد.`,
    },
    fix: {
      en: 'Write it with https://, or let the operator allow its exact origin by HAMAVA_OUTBOUND_ALLOW.',
      fa: 'آن را با \u2066https://\u2069 بنویسید، یا راهبر سامانه آن را در HAMAVA_OUTBOUND_ALLOW مجاز کند.',
    },
    detail,
  }),

  certificateRefused: (network: Bilingual, detail: string): Reason => ({
    code: 'certificate_refused',
    message: {
      en: `The certificate of the server of ${network.en} is not trusted, so nothing was sent.`,
      fa: `گواهی سرور ${network.fa} معتبر شناخته نشد و چیزی فرستاده نشد.`,
    },
    fix: {
      en: 'Renew it on that server. One of an authority of your own must be named to Hamava by NODE_EXTRA_CA_CERTS.',
      fa: 'آن را در همان سرور تازه کنید. اگر مرجع صدورش از خودتان است، راهبر سامانه باید آن را با NODE_EXTRA_CA_CERTS معرفی کند.',
    },
    detail,
  }),

  noAnswer: (network: Bilingual, detail: string): Reason => ({
    code: 'no_answer',
    message: {
      en: `${network.en} was sent the request and did not answer.`,
      fa: `درخواست به ${network.fa} فرستاده شد و پاسخی نیامد.`,
    },
    fix: {
      en: 'Whether it went out is being checked; it is not sent twice.',
      fa: 'انجام‌شدنش بررسی می‌شود؛ دوباره فرستاده نمی‌شود.',
    },
    detail,
  }),

  unreadable: (network: Bilingual, detail: string): Reason => ({
    code: 'unreadable_answer',
    message: {
      en: `${network.en} answered in a way that could not be understood.`,
      fa: `پاسخ ${network.fa} قابل فهم نبود.`,
    },
    fix: {
      en: 'Whether it went out is being checked. If it goes on, the network may have changed: look for an update.',
      fa: 'انجام‌شدنش بررسی می‌شود. اگر ادامه یافت، شاید شبکه تغییر کرده باشد؛ نسخهٔ تازه را ببینید.',
    },
    detail,
  }),

  serverTrouble: (network: Bilingual, detail: string): Reason => ({
    code: 'server_trouble',
    message: {
      en: `${network.en} has trouble of its own at the moment.`,
      fa: `${network.fa} اکنون خودش دچار مشکل است.`,
    },
    fix: {
      en: 'Nothing to do; it is tried again by itself.',
      fa: 'کاری لازم نیست؛ خودکار دوباره تلاش می‌شود.',
    },
    detail,
  }),

  rateLimited: (network: Bilingual, detail: string): Reason => ({
    code: 'rate_limited',
    message: {
      en: `${network.en} asks to slow down.`,
      fa: `${network.fa} می‌خواهد آهسته‌تر باشیم.`,
    },
    fix: {
      en: 'It goes on by itself when the network allows it.',
      fa: 'هر وقت شبکه اجازه دهد، خودکار ادامه می‌یابد.',
    },
    detail,
  }),

  accessNotTaken: (network: Bilingual, detail = ''): Reason => ({
    code: 'access_not_taken',
    message: {
      en: `${network.en} does not accept this access.`,
      fa: `${network.fa} این دسترسی را نمی‌پذیرد.`,
    },
    fix: {
      en: 'Check that it was copied whole, and is of this account and this server.',
      fa: 'ببینید کامل رونوشت شده و از همین حساب و همین سرور باشد.',
    },
    detail,
  }),

  tokenRevoked: (network: Bilingual, detail: string): Reason => ({
    code: 'token_revoked',
    message: {
      en: `${network.en} no longer accepts our access to this channel.`,
      fa: `${network.fa} دیگر دسترسی ما به این کانال را نمی‌پذیرد.`,
    },
    fix: {
      en: 'Reconnect the channel; what waits for it then goes on.',
      fa: 'کانال را دوباره وصل کنید تا آنچه در انتظار است ادامه یابد.',
    },
    detail,
  }),

  tokenExpired: (network: Bilingual, detail: string): Reason => ({
    code: 'token_expired',
    message: {
      en: `Our access to this channel of ${network.en} has expired.`,
      fa: `زمان دسترسی ما به این کانال در ${network.fa} گذشته است.`,
    },
    fix: {
      en: 'It is renewed by itself; reconnect the channel if that does not help.',
      fa: 'خودکار نوسازی می‌شود؛ اگر نشد، کانال را دوباره وصل کنید.',
    },
    detail,
  }),

  accessMissing: (network: Bilingual, detail: string): Reason => ({
    code: 'access_missing',
    message: {
      en: `${network.en} does not let us do this on this channel.`,
      fa: `${network.fa} اجازهٔ این کار را در این کانال به ما نمی‌دهد.`,
    },
    fix: {
      en: 'Give the missing right on the network, then reconnect the channel.',
      fa: 'مجوز لازم را در شبکه بدهید و سپس کانال را دوباره وصل کنید.',
    },
    detail,
  }),

  refused: (network: Bilingual, detail: string, code = 'refused'): Reason => ({
    code,
    message: {
      en: `${network.en} did not accept this.`,
      fa: `${network.fa} این را نپذیرفت.`,
    },
    fix: {
      en: 'Change what the network names below, and publish again.',
      fa: 'آنچه را شبکه در زیر گفته تغییر دهید و دوباره منتشر کنید.',
    },
    detail,
  }),

  textTooLong: (network: Bilingual, detail: string): Reason => ({
    code: 'text_too_long',
    message: {
      en: `The text is too long for ${network.en}.`,
      fa: `متن برای ${network.fa} بلند است.`,
    },
    fix: { en: 'Shorten it for this channel.', fa: 'برای این کانال کوتاه‌ترش کنید.' },
    detail,
  }),

  textEmpty: (network: Bilingual, detail: string): Reason => ({
    code: 'text_empty',
    message: {
      en: `${network.en} does not publish an empty post.`,
      fa: `${network.fa} فرستهٔ خالی منتشر نمی‌کند.`,
    },
    fix: { en: 'Write a text or add media.', fa: 'متنی بنویسید یا رسانه‌ای بیفزایید.' },
    detail,
  }),

  mediaRefused: (network: Bilingual, detail: string): Reason => ({
    code: 'media_refused',
    message: {
      en: `${network.en} did not take a media file.`,
      fa: `${network.fa} یکی از رسانه‌ها را نپذیرفت.`,
    },
    fix: {
      en: 'Use a smaller file, or one of another type.',
      fa: 'فایلی کوچک‌تر یا از گونه‌ای دیگر بگذارید.',
    },
    detail,
  }),

  parentGone: (network: Bilingual, detail: string): Reason => ({
    code: 'parent_gone',
    message: {
      en: `The post that this answers is no longer on ${network.en}.`,
      fa: `پستی که این به آن پاسخ می‌دهد دیگر در ${network.fa} نیست.`,
    },
    fix: {
      en: 'Drop what is left of it. A thread can also be published as new, from its beginning.',
      fa: 'از باقی‌ماندهٔ آن صرف‌نظر کنید. رشته را می‌توانید از ابتدا هم دوباره منتشر کنید.',
    },
    detail,
  }),

  keyReused: (network: Bilingual, detail: string): Reason => ({
    code: 'duplicate',
    message: {
      en: `${network.en} says that it already has this.`,
      fa: `${network.fa} می‌گوید این را پیش‌تر گرفته است.`,
    },
    fix: { en: 'What is there is being looked at.', fa: 'آنچه آن‌جاست بررسی می‌شود.' },
    detail,
  }),

  cannotReadBack: (network: Bilingual): Reason => ({
    code: 'read_back_unsupported',
    message: {
      en: `${network.en} does not let us see what is on this channel.`,
      fa: `${network.fa} نمی‌گذارد آنچه را در این کانال هست ببینیم.`,
    },
    fix: {
      en: 'Look at the channel yourself and say whether the post is there.',
      fa: 'خودتان کانال را ببینید و بگویید فرسته هست یا نه.',
    },
  }),

  mediaUnread: (detail: string): Reason => ({
    code: 'media_unread',
    message: {
      en: 'A media file could not be read from our own storage; nothing was sent.',
      fa: 'یکی از رسانه‌ها از انبارهٔ خودمان خوانده نشد و چیزی فرستاده نشد.',
    },
    fix: {
      en: 'It is tried again by itself. If it goes on, check the file storage.',
      fa: 'خودکار دوباره تلاش می‌شود. اگر ادامه یافت، انبارهٔ فایل‌ها را بررسی کنید.',
    },
    detail,
  }),

  /** `label` is what the field is called where it is filled in. */
  fieldWrong: (label: Bilingual, en: string, fa: string): Reason => ({
    code: 'field_wrong',
    message: { en, fa },
    fix: { en: `Correct “${label.en}”.`, fa: `«${label.fa}» را درست کنید.` },
  }),
}
