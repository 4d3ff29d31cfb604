import type { DateTimeDuration } from '@internationalized/date'
import { useRouter } from '@tanstack/react-router'
import {
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useLanguage } from '../../language/use-language.tsx'
import { momentOf } from '../../language/wall-time.ts'
import { hasTime, isoOf, type Place, stepMinutes } from './span.ts'

/** What a drag carries: the key of a card. */
export const dragType = 'application/x-hamava-card'

interface MovableProps {
  /** The place from which a card is moved: a day, or a time of it; null for a card that cannot be moved. */
  startOf: (key: string) => Place | null
  /** To a day, or to a day and a time: `2026-11-22`, `2026-11-22T20:30`. */
  onMove: (key: string, to: string) => void
  children: ReactNode
}

/** The place to which the keys would move a card now. */
export const MovingTo = createContext<Place | null>(null)

/**
 * Opens cards by a press, and moves them by a drag, or by M, the arrows and Enter. It listens for all cards: a listener
 * on each of hundreds made turning the months lag.
 */
export function Movable({ startOf, onMove, children }: MovableProps) {
  const { t, show, wanted } = useLanguage()
  const { history } = useRouter()
  const [moving, setMoving] = useState<{ key: string; to: Place } | null>(null)
  const { box, follow } = useFollowed()
  const open = (event: MouseEvent) => {
    // Opening in another tab is left to the browser.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const href = (event.target as Element).closest('a')?.getAttribute('href')
    if (!href) return
    event.preventDefault()
    history.push(href)
  }
  const press = (event: KeyboardEvent) => {
    const key = keyOf(event.target)
    if (!key) return
    if (!moving) {
      const isAsked = event.code === 'KeyM' && !event.ctrlKey && !event.metaKey && wanted.singleKeys
      const to = isAsked ? startOf(key) : null
      if (!to) return
      event.preventDefault()
      setMoving({ key, to })
      return
    }
    const step = stepOf(event, moving.to, wanted.language === 'fa')
    if (step) {
      event.preventDefault()
      event.stopPropagation()
      setMoving({ ...moving, to: moving.to.add(step) })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      follow(key)
      onMove(moving.key, isoOf(moving.to))
      setMoving(null)
    } else if (event.key === 'Escape') setMoving(null)
  }
  const said = (to: Place) => (hasTime(to) ? show.when : show.date)(momentOf(to, wanted.zone))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the cards inside are what is pressed
    <div
      ref={box}
      onClick={open}
      onDragStart={({ target, dataTransfer }) => {
        dataTransfer.setData(dragType, keyOf(target) ?? '')
        dataTransfer.effectAllowed = 'move'
      }}
      onKeyDown={press}
      onBlur={() => setMoving(null)}
    >
      <MovingTo value={moving?.to ?? null}>{children}</MovingTo>
      {moving && (
        <p
          role="status"
          className="fixed inset-x-4 bottom-20 z-30 mx-auto w-fit rounded-control border border-accent bg-raised px-4 py-3
            shadow-overlay lg:bottom-6"
        >
          {t('calendar.moving', { when: said(moving.to) })}
          <br />
          <span className="text-sm text-muted">
            {t(hasTime(moving.to) ? 'calendar.moveHintHours' : 'calendar.moveHint')}
          </span>
        </p>
      )}
    </div>
  )
}

/** Keeps the focus on a card moved by keys, which is another element on its new day. */
function useFollowed() {
  const box = useRef<HTMLDivElement>(null)
  const followed = useRef<string>(undefined)
  useLayoutEffect(() => {
    if (!followed.current || document.activeElement !== document.body) return
    const id = followed.current
    box.current?.querySelector<HTMLElement>(`[data-key^="${id}"], [data-folds~="${id}"]`)?.focus()
    followed.current = undefined
  })
  /** Remembers the post's id, the part of a card's key that stays the same on another day. */
  const follow = (key: string) => {
    followed.current = key.split(' ')[0]
  }
  return { box, follow }
}

/** The key of the card that an event happened on. */
const keyOf = (target: EventTarget) =>
  (target as Element).closest<HTMLElement>('[data-key]')?.dataset.key

/** Arrows go where they point: right is the day to the right, in either direction of writing; down is later. */
function stepOf(
  { key, shiftKey }: KeyboardEvent,
  from: Place,
  isRtl: boolean,
): DateTimeDuration | null {
  const down = (): DateTimeDuration => {
    if (!hasTime(from)) return { weeks: 1 }
    return shiftKey ? { hours: 1 } : { minutes: stepMinutes - (from.minute % stepMinutes) }
  }
  const up = (): DateTimeDuration => {
    if (!hasTime(from)) return { weeks: -1 }
    return shiftKey ? { hours: -1 } : { minutes: -(from.minute % stepMinutes || stepMinutes) }
  }
  const page = hasTime(from) ? 'weeks' : 'months'
  switch (key) {
    case 'ArrowRight':
      return { days: isRtl ? -1 : 1 }
    case 'ArrowLeft':
      return { days: isRtl ? 1 : -1 }
    case 'ArrowDown':
      return down()
    case 'ArrowUp':
      return up()
    case 'PageDown':
      return { [page]: 1 }
    case 'PageUp':
      return { [page]: -1 }
    default:
      return null
  }
}
