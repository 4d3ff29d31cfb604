import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { onPreferences, type Preferences, preferences } from './preferences.ts'
import type { en, Words } from './words/en.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

type Language = Preferences['language']

/** Only the language that is read is loaded. */
const load: Record<Language, () => Promise<Words>> = {
  fa: async () => (await import('./words/fa.ts')).fa,
  en: async () => (await import('./words/en.ts')).en,
}

/** Puts the page in the language that was chosen, now and whenever that changes. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: preferences().language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await speak()
  onPreferences(() => void speak())
}

async function speak(): Promise<void> {
  const { language } = preferences()
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load[language]())
  }
  await i18next.changeLanguage(language)
  applyToPage()
}

function applyToPage(): void {
  const { language, theme } = preferences()
  const { documentElement: page } = document
  page.lang = language
  page.dir = language === 'fa' ? 'rtl' : 'ltr'
  if (theme === 'system') delete page.dataset.theme
  else page.dataset.theme = theme
}
