import { createContext, type ReactNode, use, useMemo } from 'react'
import { I18nProvider } from 'react-aria-components'
import * as dates from './dates.ts'
import { localeOf, type Preferences, usePreferences } from './preferences.ts'
import type { Translate } from './translate.ts'
import { useWords } from './words.ts'

const languageOf = (t: Translate, wanted: Preferences) => ({
  t,
  wanted,
  show: {
    time: (moment: dates.Moment) => dates.formatTime(moment, wanted),
    exactly: (moment: dates.Moment) => dates.formatExactly(moment, wanted),
    date: (moment: dates.Moment, parts?: Parameters<typeof dates.formatDate>[2]) =>
      dates.formatDate(moment, wanted, parts),
    weekday: (moment: dates.Moment) => dates.formatWeekday(moment, wanted),
    month: (moment: dates.Moment) => dates.formatMonth(moment, wanted),
    /** In one's own zone unless another is named. */
    when: (moment: dates.Moment, zone = wanted.zone) =>
      dates.formatMoment(moment, { ...wanted, zone }),
    otherDay: (moment: dates.Moment, zone = wanted.zone) =>
      dates.formatOtherCalendarDay(moment, { ...wanted, zone }),
    distance: (moment: dates.Moment) => dates.formatDistance(moment, wanted),
    duration: (ms: number) => dates.formatDuration(ms, wanted),
    number: (value: number, options?: Intl.NumberFormatOptions) =>
      dates.formatNumber(value, wanted, options),
    list: (words: readonly string[]) => words.join(dates.commaOf(wanted)),
    /** What the server says in both languages. */
    said: (text: { fa: string; en: string }) => text[wanted.language],
  },
})

const Language = createContext<ReturnType<typeof languageOf> | null>(null)

/** Watches what is preferred, once for all that is inside: a month of cards asks hundreds of times. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const t = useWords()
  const wanted = usePreferences()
  const language = useMemo(() => languageOf(t, wanted), [t, wanted])
  return (
    <I18nProvider locale={localeOf(wanted)}>
      <Language value={language}>{children}</Language>
    </I18nProvider>
  )
}

/** What is inside is shown in another zone than the one that is preferred. */
export function InZone({ zone, children }: { zone: string | undefined; children: ReactNode }) {
  const language = useLanguage()
  const there = useMemo(
    () => (zone ? languageOf(language.t, { ...language.wanted, zone }) : language),
    [language, zone],
  )
  return <Language value={there}>{children}</Language>
}

/** Words, dates and numbers as this person wants them. */
export function useLanguage() {
  const language = use(Language)
  if (!language) throw new Error('useLanguage outside of the LanguageProvider')
  return language
}
