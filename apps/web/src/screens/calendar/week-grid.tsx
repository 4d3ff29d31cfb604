import { isSameDay } from '@internationalized/date'
import { useDeferredValue, useRef, useSyncExternalStore } from 'react'
import { useLanguage } from '../../language/use-language.tsx'
import type { Appointment } from './appointments.ts'
import { onEachMinute } from './each-minute.ts'
import { useFirstSight } from './first-sight.ts'
import { NowLine } from './now-line.tsx'
import { dayAt, dayOf, isoOf, type Span } from './span.ts'
import { WeekDay } from './week-day.tsx'
import { WeekPlaces } from './week-places.tsx'

const none: readonly Appointment[] = []

interface WeekGridProps {
  span: Span
  byDay: Map<string, Appointment[]>
  /** The appointments are still those of the week before. */
  isOnItsWay: boolean
  mayWrite: boolean
  onMove: (key: string, to: string) => void
}

/**
 * Seven days and their hours. On a phone three days are in view and the others a swipe away, while the hours stay: with
 * fewer days, a week would differ from everybody else's.
 */
export default function WeekGrid({ span, byDay, isOnItsWay, mayWrite, onMove }: WeekGridProps) {
  const { t, wanted } = useLanguage()
  const box = useRef<HTMLElement>(null)
  // Changes only at midnight.
  const today = useSyncExternalStore(onEachMinute, () =>
    isoOf(dayAt(new Date().toISOString(), wanted)),
  )
  const days = span.days.map(isoOf)
  // The days appear at once when the page is turned, and hundreds of cards a moment later.
  const isDrawn = useDeferredValue(span.from) === span.from
  useFirstSight(box, { from: span.from, isOnItsWay: isOnItsWay || !isDrawn })
  return (
    <section
      ref={box}
      aria-label={t('calendar.week')}
      // Its hours are scrolled by keys, also where there is no card to go to.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached
      tabIndex={0}
      className="relative h-[calc(100dvh-15rem)] min-h-96 snap-x scroll-ps-12 scroll-pt-16 overflow-auto rounded-card border
        border-line bg-surface"
    >
      <div className="grid min-w-[51rem] lg:min-w-[46rem] grid-cols-[3rem_1fr]">
        <Hours />
        <WeekPlaces days={days} mayWrite={mayWrite} onMove={onMove}>
          {/* Beneath the cards, so that it does not cross out their text. */}
          <NowLine days={days} />
          <ul className="grid grid-cols-7">
            {span.days.map((day, at) => (
              <WeekDay
                // By its place: to turn the page is to write other days on it.
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what stays
                key={at}
                day={day}
                isToday={isSameDay(day, dayOf(today, wanted))}
                appointments={byDay.get(isoOf(day)) ?? none}
                isDrawn={isDrawn}
                mayWrite={mayWrite}
              />
            ))}
          </ul>
        </WeekPlaces>
      </div>
    </section>
  )
}

/** The hours stay where they are when the days are scrolled. */
function Hours() {
  const { show } = useLanguage()
  const two = (part: number) => show.number(part, { minimumIntegerDigits: 2 })
  return (
    <div
      aria-hidden
      data-clock
      className="sticky start-0 z-30 bg-canvas text-xs text-muted tabular-nums"
    >
      <div className="sticky top-0 h-14 border-b border-line bg-canvas" />
      {Array.from({ length: 24 }, (_, hour) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its number
        <div key={hour} className="h-17 border-b border-line/60 pt-0.5 text-center">
          {`${two(hour)}:${two(0)}`}
        </div>
      ))}
    </div>
  )
}
