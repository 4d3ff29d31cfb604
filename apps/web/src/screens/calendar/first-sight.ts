import { type RefObject, useLayoutEffect, useRef } from 'react'

interface Sight {
  /** The moment that the week begins at. */
  from: string
  /** What is on it is still to come. */
  isOnItsWay: boolean
}

const morning = 8

/** What is scrolled to in the beginning: now, else the first post; in further weeks only where nothing would be in view. */
export function useFirstSight(
  box: RefObject<HTMLElement | null>,
  { from, isOnItsWay }: Sight,
): void {
  const seen = useRef('')
  useLayoutEffect(() => {
    const week = box.current
    if (!week || isOnItsWay || seen.current === from) return
    const isFirst = seen.current === ''
    seen.current = from
    const cards = [...week.querySelectorAll('[data-key], [data-folds]')]
    if (!isFirst && cards.some((card) => isIn(week, card))) return
    const sight = week.querySelector('[data-now]') ?? cards[0]
    if (sight) lookAt(week, sight)
    else week.scrollTop = (week.scrollHeight * morning) / 24
  }, [box, from, isOnItsWay])
}

function isIn(week: Element, card: Element): boolean {
  const [view, spot] = [week.getBoundingClientRect(), card.getBoundingClientRect()]
  return spot.top < view.bottom && spot.bottom > view.top
}

/** Beneath what was before it, and beside the hours, which stay; the page around does not move. */
function lookAt(week: Element, sight: Element): void {
  const [view, spot] = [week.getBoundingClientRect(), sight.getBoundingClientRect()]
  week.scrollTop += spot.top - view.top - view.height / 3
  const hours = week.querySelector('[data-clock]')?.clientWidth ?? 0
  const isRtl = getComputedStyle(week).direction === 'rtl'
  week.scrollLeft += isRtl ? spot.right - view.right + hours : spot.left - view.left - hours
}
