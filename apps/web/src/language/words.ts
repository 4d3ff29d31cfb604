import { useSyncExternalStore } from 'react'
import { onPreferences, type Preferences, preferences } from './preferences.ts'
import { type Translate, translatorOf } from './translate.ts'
import type { Words } from './words/en.ts'

type Language = Preferences['language']

/** Only the language that is read is loaded. */
const load: Record<Language, () => Promise<Words>> = {
  fa: async () => (await import('./words/fa.ts')).fa,
  en: async () => (await import('./words/en.ts')).en,
}

const loaded: Partial<Record<Language, Translate>> = {}
let spoken: Translate | undefined
const listeners = new Set<() => void>()

/** The translator of the page's current language. Throws before the first one is loaded. */
export const words = (): Translate => {
  if (!spoken) throw new Error('no language is spoken yet')
  return spoken
}

export const useWords = (): Translate =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, words)

/** Puts the page in the language that was chosen, now and whenever that changes. */
export async function startLanguage(): Promise<void> {
  await speak()
  onPreferences(() => void speak())
}

async function speak(): Promise<void> {
  const { language } = preferences()
  loaded[language] ??= translatorOf(await load[language]())
  // The language may have changed again while this one was loading.
  if (language !== preferences().language) return
  spoken = loaded[language]
  applyToPage()
  for (const listener of listeners) listener()
}

function applyToPage(): void {
  const { language, theme } = preferences()
  const { documentElement: page } = document
  page.lang = language
  page.dir = language === 'fa' ? 'rtl' : 'ltr'
  if (theme === 'system') delete page.dataset.theme
  else page.dataset.theme = theme
}
