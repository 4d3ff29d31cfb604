import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useLanguage } from '../../language/use-language.tsx'
import { momentOf } from '../../language/wall-time.ts'
import { type Appointment, canMove } from './appointments.ts'
import { AppointmentCard } from './card.tsx'
import { dayOf } from './span.ts'

interface AppointmentListProps {
  byDay: Map<string, Appointment[]>
  mayWrite: boolean
}

type Row = { day: string } | { appointment: Appointment }

/** A list by days; only the visible rows are in the document, however many there are. */
export default function AppointmentList({ byDay, mayWrite }: AppointmentListProps) {
  const list = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), [])
  const rows = useMemo(
    () =>
      [...byDay.keys()]
        .sort()
        .flatMap((day): Row[] => [
          { day },
          ...(byDay.get(day) ?? []).map((appointment) => ({ appointment })),
        ]),
    [byDay],
  )
  const shown = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (at) => ('day' in (rows[at] ?? {}) ? 44 : 60),
    getItemKey: (at) => {
      const row = rows[at]
      return row && 'appointment' in row ? row.appointment.key : (row?.day ?? at)
    },
    overscan: 8,
    // The rows around are there already: a frame need not wait for the next ones.
    useFlushSync: false,
    scrollMargin: top,
  })
  return (
    <div ref={list} className="relative" style={{ height: shown.getTotalSize() }}>
      {shown.getVirtualItems().map(({ key, index, start }) => {
        const row = rows[index]
        return (
          <div
            key={key}
            ref={shown.measureElement}
            data-index={index}
            style={{ transform: `translateY(${start - top}px)` }}
            className="absolute inset-x-0 top-0 pb-2"
          >
            {row && 'day' in row && <Day day={row.day} />}
            {row && 'appointment' in row && (
              <AppointmentCard
                appointment={row.appointment}
                isMovable={mayWrite && canMove(row.appointment)}
                isWide
              />
            )}
          </div>
        )
      })}
    </div>
  )
}

function Day({ day }: { day: string }) {
  const { show, wanted } = useLanguage()
  const moment = momentOf(dayOf(day, wanted), wanted.zone)
  return (
    <h3 className="flex items-baseline gap-2 pt-3 text-base">
      {show.date(moment)}
      <span className="text-xs font-normal text-muted">{show.otherDay(moment)}</span>
    </h3>
  )
}
