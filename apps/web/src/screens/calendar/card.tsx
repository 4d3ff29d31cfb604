import type { CalendarDate } from '@internationalized/date'
import { type KeyboardEvent, memo, useState } from 'react'
import { LightLink } from '../../kit/light-link.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useLanguage } from '../../language/use-language.ts'
import { type Appointment, canMove } from './appointments.ts'
import { dayAt, isoOf } from './span.ts'

/** What a drag carries. */
export const dragType = 'application/x-hamava-appointment'

/** Most cards say one of these: there the shape and its name are enough, and the rest stands out. */
const usual: readonly string[] = ['planned', 'published']

interface AppointmentCardProps {
  appointment: Appointment
  onMove: (key: string, day: string) => void
  /** With its text in full, where there is room. */
  isWide?: boolean
}

/** A post on its day: moved by drag, or by M, the arrows and Enter. A scrolled list asks for it in every frame. */
export const AppointmentCard = memo(function AppointmentCard({
  appointment,
  onMove,
  isWide = false,
}: AppointmentCardProps) {
  const { t, show, wanted } = useLanguage()
  const { postId, dueAt, excerpt, networks, state, key } = appointment
  const [target, setTarget] = useState<CalendarDate | null>(null)
  const isMovable = canMove(appointment)
  const press = (event: KeyboardEvent) => {
    if (!isMovable) return
    if (!target) {
      if (event.code !== 'KeyM' || event.ctrlKey || event.metaKey || !wanted.singleKeys) return
      event.preventDefault()
      setTarget(dayAt(dueAt, wanted))
      return
    }
    const next = stepOf(event, target, wanted.language === 'fa')
    if (next) {
      event.preventDefault()
      event.stopPropagation()
      setTarget(next)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onMove(key, isoOf(target))
      setTarget(null)
    } else if (event.key === 'Escape') setTarget(null)
  }
  return (
    <div className="relative">
      <LightLink
        href={`/posts/${postId}`}
        draggable={isMovable}
        onDragStart={(event) => {
          event.dataTransfer.setData(dragType, key)
          event.dataTransfer.effectAllowed = 'move'
        }}
        onKeyDown={press}
        onBlur={() => setTarget(null)}
        className={`flex gap-1.5 rounded-control border border-line bg-raised text-ink no-underline hover:border-line-strong
          ${isWide ? 'items-start p-2.5' : 'flex-wrap items-center px-1.5 py-1 text-xs'}`}
      >
        <StateBadge state={state} isSmall={!isWide} />
        <time dateTime={dueAt} className="shrink-0 font-medium tabular-nums">
          {show.time(dueAt)}
        </time>
        {networks.slice(0, 3).map((network) => (
          <NetworkMark key={network} network={network} />
        ))}
        {!isWide && !usual.includes(state) && (
          <span aria-hidden className="shrink-0 font-medium">
            {t(`state.${state}`)}
          </span>
        )}
        <span
          dir="auto"
          className={
            isWide
              ? 'line-clamp-3 min-w-0 grow text-match-parent wrap-anywhere'
              : 'min-w-0 basis-full truncate'
          }
        >
          {excerpt}
        </span>
      </LightLink>
      {target && (
        <p
          role="status"
          className="absolute inset-x-0 top-full z-10 mt-1 rounded-control border border-accent bg-raised p-2 text-xs shadow-overlay"
        >
          {t('calendar.moving', { when: show.date(target.toDate(wanted.zone)) })}
          <br />
          <span className="text-muted">{t('calendar.moveHint')}</span>
        </p>
      )}
    </div>
  )
})

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
