/** Every word of the page, in both languages. */
const words = {
  title: { fa: 'هم‌آوا', en: 'Hamava' },
  email: { fa: 'رایانامه', en: 'E-mail' },
  password: { fa: 'گذرواژه', en: 'Password' },
  login: { fa: 'ورود', en: 'Log in' },
  logout: { fa: 'خروج', en: 'Log out' },
  compose: { fa: 'فرستهٔ تازه', en: 'New post' },
  channels: { fa: 'کانال‌ها', en: 'Channels' },
  posts: { fa: 'فرسته‌ها', en: 'Posts' },
  publications: { fa: 'انتشارها', en: 'Publications' },
  at: { fa: 'زمان (خالی: همین حالا)', en: 'Time (empty: now)' },
  send: { fa: 'زمان‌بندی', en: 'Schedule' },
  api: { fa: 'سند API', en: 'API document' },
  late: { fa: 'دیرکرد', en: 'late' },
  language: { fa: 'English', en: 'فارسی' },
  nothing: { fa: 'هنوز چیزی نیست', en: 'Nothing yet' },
  offline: { fa: 'کارساز پاسخ نمی‌دهد', en: 'The server does not answer' },
  ok: { fa: 'سالم', en: 'OK' },
  reconnect: { fa: 'نیازمند اتصال دوباره', en: 'needs reconnecting' },
  planned: { fa: 'در برنامه', en: 'planned' },
  sending: { fa: 'در حال ارسال', en: 'sending' },
  pending: { fa: 'در حال پردازش', en: 'processing' },
  published: { fa: 'منتشر شد', en: 'published' },
  unconfirmed: { fa: 'نامعلوم', en: 'unconfirmed' },
  failed: { fa: 'ناموفق', en: 'failed' },
  held: { fa: 'نگه‌داشته', en: 'held' },
  missed: { fa: 'از دست رفت', en: 'missed' },
  cancelled: { fa: 'لغو شد', en: 'cancelled' },
  unscheduled: { fa: 'بی‌زمان', en: 'unscheduled' },
  scheduled: { fa: 'زمان‌بندی شد', en: 'scheduled' },
  partly_published: { fa: 'بخشی منتشر شد', en: 'partly published' },
  needs_attention: { fa: 'نیازمند رسیدگی', en: 'needs attention' },
} as const

export type Language = 'fa' | 'en'
type Word = keyof typeof words

let language: Language = localStorage.getItem('language') === 'en' ? 'en' : 'fa'

export const currentLanguage = (): Language => language

export function setLanguage(chosen: Language): void {
  language = chosen
  localStorage.setItem('language', chosen)
}

export const word = (name: Word): string => words[name][language]

/** The word for a state that the API named; the API's own where there is none. */
export const stateWord = (state: string): string => (state in words ? word(state as Word) : state)

/** Puts the words of the current language into the page. */
export function translatePage(): void {
  document.documentElement.lang = language
  document.documentElement.dir = language === 'fa' ? 'rtl' : 'ltr'
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = word(element.dataset.text as Word)
  }
}

/** A time as the language writes it: Jalali in Persian. */
export const showTime = (instant: string): string =>
  new Intl.DateTimeFormat(language === 'fa' ? 'fa-IR-u-ca-persian' : 'en', {
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(new Date(instant))
