import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as dates from './dates.ts'
import { usePreferences } from './preferences.ts'

/** Words, dates and numbers as this person wants them. */
export function useLanguage() {
  const { t } = useTranslation()
  const wanted = usePreferences()
  const show = useMemo(
    () => ({
      time: (moment: dates.Moment) => dates.showTime(moment, wanted),
      second: (moment: dates.Moment) => dates.showSecond(moment, wanted),
      date: (moment: dates.Moment, parts?: Parameters<typeof dates.showDate>[2]) =>
        dates.showDate(moment, wanted, parts),
      month: (moment: dates.Moment) => dates.showMonth(moment, wanted),
      when: (moment: dates.Moment) => dates.showWhen(moment, wanted),
      otherDay: (moment: dates.Moment) => dates.showOtherDay(moment, wanted),
      distance: (moment: dates.Moment) => dates.showDistance(moment, wanted),
      number: (value: number, options?: Intl.NumberFormatOptions) =>
        dates.showNumber(value, wanted, options),
      /** What the server says in both languages. */
      said: (text: { fa: string; en: string }) => text[wanted.language],
    }),
    [wanted],
  )
  return { t, show, wanted }
}
