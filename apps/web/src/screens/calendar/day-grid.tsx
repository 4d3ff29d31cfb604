import { isSameDay, today } from '@internationalized/date'
import { useLanguage } from '../../language/use-language.tsx'
import { momentOf } from '../../language/wall-time.ts'
import type { Appointment } from './appointments.ts'
import { DayCell } from './day-cell.tsx'
import { isoOf, type Span } from './span.ts'

interface DayGridProps {
  span: Span
  byDay: Map<string, Appointment[]>
  mayWrite: boolean
  onMove: (key: string, day: string) => void
}

/** The weeks of a month, a row each. */
export function DayGrid({ span, byDay, mayWrite, onMove }: DayGridProps) {
  const { wanted } = useLanguage()
  const now = today(wanted.zone)
  return (
    <div className="overflow-x-auto">
      <div className="min-w-[45rem] overflow-hidden rounded-card border border-line">
        <WeekDays span={span} />
        <ul className="grid grid-cols-7 gap-px bg-line">
          {span.days.map((day, at) => (
            <DayCell
              // biome-ignore lint/suspicious/noArrayIndexKey: turning the page shows other days in the same cells
              key={at}
              day={day}
              span={span}
              isToday={isSameDay(day, now)}
              appointments={byDay.get(isoOf(day)) ?? []}
              mayWrite={mayWrite}
              onMove={onMove}
            />
          ))}
        </ul>
      </div>
    </div>
  )
}

function WeekDays({ span }: { span: Span }) {
  const { show, wanted } = useLanguage()
  return (
    <div
      aria-hidden
      className="grid grid-cols-7 border-b border-line bg-canvas text-center text-sm text-muted"
    >
      {span.days.slice(0, 7).map((day) => (
        <span key={isoOf(day)} className="py-2">
          {show.weekday(momentOf(day, wanted.zone))}
        </span>
      ))}
    </div>
  )
}
