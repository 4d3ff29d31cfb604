import { memo } from 'react'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import type { Appointment } from './appointments.ts'

/** The states of most cards, whose word is muted: any other state stands out. */
const usual: readonly string[] = ['planned', 'published']

const wideText = 'line-clamp-3 min-w-0 grow text-match-parent wrap-anywhere'

/** On a window that is wide enough, the word stands beside the marks; elsewhere the sign and the legend say it. */
const roomFor = ({ length }: readonly string[]) =>
  length === 1 ? 'max-[92rem]:hidden' : 'max-[110rem]:hidden'

interface AppointmentCardProps {
  appointment: Appointment
  isMovable: boolean
  /** With its text in full, where there is room. */
  isWide?: boolean
  /** With the word of its state beneath its time, where there is no room beside it. */
  isTall?: boolean
  /** Beside another card: its text has no room and is only read out. */
  isNarrow?: boolean
}

/** Whether two cards look the same: after one post is moved, the others of the month are not rendered again. */
const areAlike = (one: AppointmentCardProps, other: AppointmentCardProps) =>
  one.isMovable === other.isMovable &&
  one.isWide === other.isWide &&
  one.isTall === other.isTall &&
  one.isNarrow === other.isNarrow &&
  one.appointment.key === other.appointment.key &&
  one.appointment.state === other.appointment.state &&
  one.appointment.excerpt === other.appointment.excerpt &&
  one.appointment.networks.join() === other.appointment.networks.join()

/**
 * A post on its day; `Movable` around it opens and moves it. Memoised, as a scrolled list renders it in every frame.
 */
export const AppointmentCard = memo(function AppointmentCard({
  appointment,
  isMovable,
  isWide = false,
  isTall = false,
  isNarrow = false,
}: AppointmentCardProps) {
  const { t, show } = useLanguage()
  const { postId, dueAt, excerpt, networks, state, key } = appointment
  const isUsual = usual.includes(state)
  return (
    <a
      href={`/posts/${postId}`}
      data-key={key}
      draggable={isMovable}
      className={`rounded-control border border-line bg-raised text-ink no-underline hover:border-line-strong
        ${isWide ? 'flex items-start gap-1.5 p-2.5' : 'inline-row block px-1 py-1 text-xs'}`}
    >
      <StateBadge state={state} isSmall={!isWide} />
      <time dateTime={dueAt} className="shrink-0 font-medium tabular-nums">
        {show.time(dueAt)}
      </time>
      {networks.slice(0, 3).map((network, at) => (
        <NetworkMark key={network} network={network} isClose={!isWide && at > 0} />
      ))}
      {!isWide && (
        <span
          aria-hidden
          className={`whitespace-nowrap ${isUsual ? 'text-muted' : 'font-medium'}
            ${isUsual && !isTall ? roomFor(networks) : ''} ${isNarrow ? 'max-sm:hidden' : ''}`}
        >
          {t(`state.${state}`)}
        </span>
      )}
      <span dir="auto" className={isNarrow ? 'sr-only' : isWide ? wideText : 'block truncate'}>
        {excerpt}
      </span>
    </a>
  )
}, areAlike)
