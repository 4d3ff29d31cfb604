import type { CalendarDate } from '@internationalized/date'
import { useMemo } from 'react'
import { useLanguage } from '../../language/use-language.tsx'
import { momentOf } from '../../language/wall-time.ts'
import { type Appointment, canMove } from './appointments.ts'
import { AppointmentCard } from './card.tsx'
import { cardMinutes, minutesOfDay, type Placed, placedOn, share } from './placing.ts'
import { Rest } from './rest.tsx'
import { isoOf } from './span.ts'
import { useComposeOn } from './use-compose-on.ts'

interface WeekDayProps {
  day: CalendarDate
  isToday: boolean
  appointments: readonly Appointment[]
  /** Whether its cards are rendered, too. */
  isDrawn: boolean
  mayWrite: boolean
}

/** A day and its hours: what is on it stands at its time. */
export function WeekDay({ day, isToday, appointments, isDrawn, mayWrite }: WeekDayProps) {
  const { t, show, wanted } = useLanguage()
  const composeOn = useComposeOn()
  const placed = useMemo(
    () => (isDrawn ? placedOn(appointments, wanted.zone) : []),
    [appointments, isDrawn, wanted.zone],
  )
  const moment = momentOf(day, wanted.zone)
  const name = show.date(moment)
  const iso = isoOf(day)
  return (
    <li
      aria-label={t('calendar.day', { day: name, number: show.number(appointments.length) })}
      data-day={iso}
      className="group snap-start border-s border-line"
    >
      <div className="sticky top-0 z-20 flex h-14 items-center gap-1 border-b border-line bg-canvas px-1.5">
        <span
          className={`flex size-7 shrink-0 items-center justify-center rounded-full text-sm font-semibold tabular-nums
            ${isToday ? 'bg-accent text-on-accent' : ''}`}
          aria-current={isToday ? 'date' : undefined}
        >
          {show.number(day.day)}
        </span>
        <span className="flex min-w-0 grow flex-col leading-tight">
          <span className="truncate text-sm">{show.weekday(moment)}</span>
          <span className="truncate text-[0.7rem] text-muted">{show.otherDay(moment)}</span>
        </span>
        {mayWrite && (
          <a
            href={composeOn(iso)}
            aria-label={`${t('nav.compose')}: ${name}`}
            className="absolute end-1 flex size-7 items-center justify-center rounded-control bg-canvas text-muted no-underline
              opacity-0 group-hover:opacity-100 hover:bg-sunken focus-visible:opacity-100 pointer-coarse:hidden"
          >
            +
          </a>
        )}
      </div>
      <div data-hours className="hour-lines relative h-408">
        {placed.map((place) => (
          <div
            key={place.appointments[0].key}
            style={boxOf(place)}
            className="absolute p-px *:h-full *:overflow-hidden"
          >
            <Here place={place} mayWrite={mayWrite} />
          </div>
        ))}
      </div>
    </li>
  )
}

/** The card that stands at a place, or how many do. */
function Here({ place, mayWrite }: { place: Placed; mayWrite: boolean }) {
  const { show } = useLanguage()
  const { appointments } = place
  const [first] = appointments
  if (appointments.length === 1) {
    return (
      <AppointmentCard
        appointment={first}
        isMovable={mayWrite && canMove(first)}
        isTall
        isNarrow={place.lanes > 1}
      />
    )
  }
  return (
    <Rest
      count={appointments.length}
      name={show.when(first.dueAt)}
      all={appointments}
      mayWrite={mayWrite}
      isPlaced
    />
  )
}

const boxOf = ({ start, lane, lanes }: Placed) => ({
  insetBlockStart: share(start, minutesOfDay),
  blockSize: share(cardMinutes, minutesOfDay),
  insetInlineStart: share(lane, lanes),
  inlineSize: share(1, lanes),
})
