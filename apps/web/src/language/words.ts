import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { onPreferences, preferences } from './preferences.ts'
import { en } from './words/en.ts'
import { fa } from './words/fa.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

/** Loads both languages and puts the page in the one that was chosen, now and whenever it changes. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: preferences().language,
    fallbackLng: false,
    resources: { en: { translation: en }, fa: { translation: fa } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  applyToPage()
  onPreferences(() => {
    applyToPage()
    void i18next.changeLanguage(preferences().language)
  })
}

function applyToPage(): void {
  const { language, theme } = preferences()
  const { documentElement: page } = document
  page.lang = language
  page.dir = language === 'fa' ? 'rtl' : 'ltr'
  if (theme === 'system') delete page.dataset.theme
  else page.dataset.theme = theme
}
