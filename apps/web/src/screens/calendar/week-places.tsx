import { useRouter } from '@tanstack/react-router'
import {
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  use,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useLanguage } from '../../language/use-language.tsx'
import { wallMomentAt } from '../../language/wall-time.ts'
import { dragType, MovingTo } from './movable.tsx'
import { cardMinutes, minutesOfDay, snapped, timeOn } from './placing.ts'
import { isoOf } from './span.ts'
import { useComposeOn } from './use-compose-on.ts'
import { WeekBox } from './week-box.tsx'

interface WeekPlacesProps {
  days: readonly string[]
  mayWrite: boolean
  onMove: (key: string, to: string) => void
  /** The days; `data-day` and `data-hours` mark their places and hours. */
  children: ReactNode
}

/**
 * Lets cards be dropped on the times of a week, and posts be begun by a press on a free time. The head of a day stands
 * for the day alone.
 */
export function WeekPlaces({ days, mayWrite, onMove, children }: WeekPlacesProps) {
  const { history } = useRouter()
  const composeOn = useComposeOn()
  const [over, setOver] = useState<{ place: string; isPress: boolean } | null>(null)
  /** How far below its upper edge the dragged card was taken, so that it stays under the pointer there. */
  const grip = useRef(0)
  const isInList = useRef(false)
  const look = (place: string | null, isPress: boolean) => {
    if (place === (over?.place ?? null) && isPress === (over?.isPress ?? isPress)) return
    setOver(place === null ? null : { place, isPress })
  }
  const leave = () => setOver(null)
  const free = (event: MouseEvent) =>
    mayWrite && !(event.target as Element).closest('a, button') ? timeUnder(event, 0) : null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for keys, a day has its link and a card has M
    // biome-ignore lint/a11y/useKeyWithClickEvents: for keys, a day has its link and a card has M
    <div
      className="relative"
      onDragStart={({ target, clientY, currentTarget }) => {
        const card = target as Element
        const isHere = currentTarget.contains(card)
        grip.current = isHere ? clientY - card.getBoundingClientRect().top : 0
        leave()
      }}
      onDragEnd={() => {
        grip.current = 0
        leave()
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragType)) return
        const place = placeUnder(event, grip.current)
        if (place) event.preventDefault()
        look(place, false)
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Element | null)) leave()
      }}
      onDrop={(event) => {
        const place = placeUnder(event, grip.current)
        leave()
        if (!place) return
        event.preventDefault()
        grip.current = 0
        onMove(event.dataTransfer.getData(dragType), place)
      }}
      onPointerDown={() => {
        // A press outside an open list only closes the list.
        isInList.current = document.querySelector('[role=dialog]') !== null
      }}
      onPointerMove={(event: PointerEvent) => {
        if (event.pointerType === 'mouse' && event.buttons === 0) look(free(event), true)
      }}
      onPointerLeave={leave}
      onClick={(event) => {
        const place = isInList.current ? null : free(event)
        if (place) history.push(composeOn(place))
      }}
    >
      {children}
      <Aim days={days} over={over} />
    </div>
  )
}

interface AimProps {
  days: readonly string[]
  over: { place: string; isPress: boolean } | null
}

/** Shows where a card would go, or a post would be begun, with the time. */
function Aim({ days, over }: AimProps) {
  const { show, wanted } = useLanguage()
  const movingTo = use(MovingTo)
  const byKeys = movingTo && isoOf(movingTo)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (byKeys) box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [byKeys])
  const place = byKeys ?? over?.place
  if (!place) return null
  const isPress = !byKeys && over?.isPress
  const time = place.includes('T') && show.time(wallMomentAt(place, wanted.zone))
  return (
    <WeekBox ref={box} days={days} place={place} minutes={cardMinutes}>
      <div
        data-aim
        className={`h-full rounded-control border border-dashed px-1.5 py-0.5 text-xs font-medium tabular-nums
          ${isPress ? 'border-line-strong text-muted' : 'border-accent bg-accent-soft/80 text-accent'}`}
      >
        {isPress ? `+ ${time}` : time}
      </div>
    </WeekBox>
  )
}

type Under = Pick<MouseEvent, 'target' | 'clientY'>

/**
 * The day and time under a pointer, snapped, for a card taken `grip` pixels below its edge; on the head of a day, the
 * day alone.
 */
function placeUnder(event: Under, grip: number): string | null {
  const day = (event.target as Element).closest<HTMLElement>('[data-day]')?.dataset.day
  return timeUnder(event, grip) ?? day ?? null
}

function timeUnder({ target, clientY }: Under, grip: number): string | null {
  const hours = (target as Element).closest('[data-hours]')
  const day = hours?.closest<HTMLElement>('[data-day]')?.dataset.day
  if (!hours || !day) return null
  const { top, height } = hours.getBoundingClientRect()
  return timeOn(day, snapped(((clientY - top - grip) / height) * minutesOfDay))
}
