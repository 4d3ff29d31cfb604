import type { CalendarDate } from '@internationalized/date'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react'
import { useLanguage } from '../../language/use-language.tsx'
import { type Appointment, canMove } from './appointments.ts'
import { dayAt, isoOf } from './span.ts'

/** What a drag carries: the key of an appointment. */
export const dragType = 'application/x-hamava-appointment'

interface MovableProps {
  appointments: readonly Appointment[]
  onMove: (key: string, day: string) => void
  children: ReactNode
}

/**
 * Cards are opened by a press, and moved by a drag, or by M, the arrows and Enter. It listens for all of them: when each
 * of hundreds of cards did so for itself, a person who turned the months could feel it.
 */
export function Movable({ appointments, onMove, children }: MovableProps) {
  const { t, show, wanted } = useLanguage()
  const { history } = useRouter()
  const [moving, setMoving] = useState<{ key: string; to: CalendarDate } | null>(null)
  const open = (event: MouseEvent) => {
    // To open it elsewhere is the browser's affair.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const href = (event.target as Element).closest('a')?.getAttribute('href')
    if (!href) return
    event.preventDefault()
    history.push(href)
  }
  const press = (event: KeyboardEvent) => {
    const key = keyOf(event.target)
    const appointment = appointments.find((one) => one.key === key)
    if (!appointment || !canMove(appointment)) return
    if (!moving) {
      if (event.code !== 'KeyM' || event.ctrlKey || event.metaKey || !wanted.singleKeys) return
      event.preventDefault()
      setMoving({ key: appointment.key, to: dayAt(appointment.dueAt, wanted) })
      return
    }
    const to = stepOf(event, moving.to, wanted.language === 'fa')
    if (to) {
      event.preventDefault()
      event.stopPropagation()
      setMoving({ ...moving, to })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onMove(moving.key, isoOf(moving.to))
      setMoving(null)
    } else if (event.key === 'Escape') setMoving(null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the cards inside are what is pressed
    <div
      onClick={open}
      onDragStart={({ target, dataTransfer }) => {
        dataTransfer.setData(dragType, keyOf(target) ?? '')
        dataTransfer.effectAllowed = 'move'
      }}
      onKeyDown={press}
      onBlur={() => setMoving(null)}
    >
      {children}
      {moving && (
        <p
          role="status"
          className="fixed inset-x-4 bottom-20 z-30 mx-auto w-fit rounded-control border border-accent bg-raised px-4 py-3
            shadow-overlay lg:bottom-6"
        >
          {t('calendar.moving', { when: show.date(moving.to.toDate(wanted.zone)) })}
          <br />
          <span className="text-sm text-muted">{t('calendar.moveHint')}</span>
        </p>
      )}
    </div>
  )
}

/** The key of the card that something happened on. */
const keyOf = (target: EventTarget) =>
  (target as Element).closest<HTMLElement>('[data-key]')?.dataset.key

/** The eye decides: the right arrow leads to what is right of it, in either direction of writing. */
function stepOf({ key }: KeyboardEvent, day: CalendarDate, isRtl: boolean): CalendarDate | null {
  switch (key) {
    case 'ArrowRight':
      return day.add({ days: isRtl ? -1 : 1 })
    case 'ArrowLeft':
      return day.add({ days: isRtl ? 1 : -1 })
    case 'ArrowDown':
      return day.add({ weeks: 1 })
    case 'ArrowUp':
      return day.subtract({ weeks: 1 })
    case 'PageDown':
      return day.add({ months: 1 })
    case 'PageUp':
      return day.subtract({ months: 1 })
    default:
      return null
  }
}
