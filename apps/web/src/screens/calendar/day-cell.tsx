import { type CalendarDate, isSameMonth } from '@internationalized/date'
import { useState } from 'react'
import { useLanguage } from '../../language/use-language.tsx'
import { momentOf } from '../../language/wall-time.ts'
import { type Appointment, canMove } from './appointments.ts'
import { AppointmentCard } from './card.tsx'
import { dragType } from './movable.tsx'
import { Rest } from './rest.tsx'
import { isoOf, type Span } from './span.ts'

const mostInCell = 3
/** The first appointments of a day; today, the next ones after the last that went out. */
function inView(all: readonly Appointment[], isToday: boolean): readonly Appointment[] {
  const now = Date.now()
  const toCome = isToday ? all.findIndex(({ dueAt }) => Date.parse(dueAt) > now) : 0
  const next = toCome < 0 ? all.length : toCome
  const start = Math.max(0, Math.min(next - 1, all.length - mostInCell))
  return all.slice(start, start + mostInCell)
}

interface DayCellProps {
  day: CalendarDate
  span: Span
  isToday: boolean
  appointments: readonly Appointment[]
  mayWrite: boolean
  onMove: (key: string, day: string) => void
}

/** One day of the month: a place to drop on. */
export function DayCell({ day, span, isToday, appointments, mayWrite, onMove }: DayCellProps) {
  const { t, show, wanted } = useLanguage()
  const [isOver, setOver] = useState(false)
  const moment = momentOf(day, wanted.zone)
  const shown = inView(appointments, isToday)
  const rest = appointments.length - shown.length
  const name = show.date(moment)
  return (
    <li
      aria-label={t('calendar.day', {
        day: name,
        number: show.number(appointments.length),
      })}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragType)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onMove(event.dataTransfer.getData(dragType), isoOf(day))
      }}
      className={`group space-y-1 min-h-32 border-line p-1.5
        ${isSameMonth(day, span.on) ? 'bg-surface' : 'bg-canvas text-muted'}
        ${isOver ? 'outline-2 -outline-offset-2 outline-accent' : ''}`}
    >
      <div className="flex items-center justify-between gap-1">
        <span
          className={`flex size-7 items-center justify-center rounded-full text-sm font-semibold tabular-nums
            ${isToday ? 'bg-accent text-on-accent' : ''}`}
          aria-current={isToday ? 'date' : undefined}
        >
          {show.number(day.day)}
        </span>
        <span className="truncate text-[0.7rem] text-muted">{show.otherDay(moment)}</span>
        {mayWrite && (
          <a
            href={`/compose?on=${isoOf(day)}`}
            aria-label={`${t('nav.compose')}: ${name}`}
            className="flex size-7 items-center justify-center rounded-control text-muted opacity-0 group-hover:opacity-100
            hover:bg-sunken focus-visible:opacity-100 pointer-coarse:hidden"
          >
            +
          </a>
        )}
      </div>
      {shown.map((appointment) => (
        <AppointmentCard
          key={appointment.key}
          appointment={appointment}
          isMovable={mayWrite && canMove(appointment)}
        />
      ))}
      {rest > 0 && <Rest count={rest} name={name} all={appointments} mayWrite={mayWrite} />}
    </li>
  )
}
