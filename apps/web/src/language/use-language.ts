import { useMemo } from 'react'
import * as dates from './dates.ts'
import { usePreferences } from './preferences.ts'
import { useWords } from './words.ts'

/** Words, dates and numbers as this person wants them. */
export function useLanguage() {
  const t = useWords()
  const wanted = usePreferences()
  const show = useMemo(
    () => ({
      time: (moment: dates.Moment) => dates.showTime(moment, wanted),
      exactly: (moment: dates.Moment) => dates.showExactly(moment, wanted),
      date: (moment: dates.Moment, parts?: Parameters<typeof dates.showDate>[2]) =>
        dates.showDate(moment, wanted, parts),
      weekday: (moment: dates.Moment) => dates.showWeekday(moment, wanted),
      month: (moment: dates.Moment) => dates.showMonth(moment, wanted),
      /** In one's own zone unless another is named. */
      when: (moment: dates.Moment, zone = wanted.zone) =>
        dates.showWhen(moment, { ...wanted, zone }),
      otherDay: (moment: dates.Moment) => dates.showOtherDay(moment, wanted),
      distance: (moment: dates.Moment) => dates.showDistance(moment, wanted),
      number: (value: number, options?: Intl.NumberFormatOptions) =>
        dates.showNumber(value, wanted, options),
      list: (words: readonly string[]) => words.join(dates.commaOf(wanted)),
      /** What the server says in both languages. */
      said: (text: { fa: string; en: string }) => text[wanted.language],
    }),
    [wanted],
  )
  return { t, show, wanted }
}
