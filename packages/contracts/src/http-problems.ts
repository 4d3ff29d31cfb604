import type { ProblemText } from './problems.ts'

/** Refusals of HTTP itself: a request that does not reach what it asks for. */
export const httpProblems = {
  method_not_allowed: {
    kind: 'method_not_allowed',
    message: {
      en: '{path} does not know {method}, but {allow}.',
      fa: '{path} متد {method} را نمی‌شناسد؛ این‌ها را می‌شناسد: {allow}.',
    },
    fix: {
      en: 'Use one of the methods that `Allow` names.',
      fa: 'یکی از متدهایی را که در هدر Allow آمده است به کار ببرید.',
    },
  },
  unsupported_media_type: {
    kind: 'unsupported',
    message: {
      en: 'A body of the type {type} is not understood here.',
      fa: 'بدنه‌ای از نوع {type} اینجا پذیرفته نیست.',
    },
    fix: {
      en: 'Send JSON, with `Content-Type: application/json`; files as `multipart/form-data`.',
      fa: 'JSON را با Content-Type: application/json بفرستید و فایل‌ها را با multipart/form-data.',
    },
  },
  headers_too_large: {
    kind: 'headers_too_large',
    message: {
      en: 'The address and the headers of the request are larger than 16 kB together.',
      fa: 'نشانی و هدرهای درخواست روی هم از ۱۶ کیلوبایت بزرگ‌ترند.',
    },
    fix: {
      en: 'Ask for less at once, or send it in the body.',
      fa: 'یک‌جا کمتر بخواهید یا آن را در بدنه بفرستید.',
    },
  },
  request_timeout: {
    kind: 'timeout',
    message: {
      en: 'The request did not arrive in time.',
      fa: 'درخواست به‌موقع نرسید.',
    },
    fix: { en: 'Send it again.', fa: 'دوباره بفرستید.' },
  },
  cross_site: {
    kind: 'forbidden',
    message: {
      en: 'The request was sent by a page of another site.',
      fa: 'این درخواست را صفحه‌ای از سایتی دیگر فرستاده است.',
    },
    fix: {
      en: 'Log in on the page of this installation.',
      fa: 'در صفحهٔ همین سامانه وارد شوید.',
    },
  },
} as const satisfies Record<string, ProblemText>
