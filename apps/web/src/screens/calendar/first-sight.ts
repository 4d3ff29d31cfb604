import { type RefObject, useLayoutEffect, useRef } from 'react'

interface Sight {
  /** The moment at which the week begins. */
  from: string
  /** The entries of the week are not there yet. */
  isOnItsWay: boolean
}

const morning = 8

/** Scrolls to now, else to the first post; in further weeks only if no card would be in view. */
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

/** Scrolls only the week, not the page: a third of the view stays above, and the sticky hours hide nothing. */
function lookAt(week: Element, sight: Element): void {
  const [view, spot] = [week.getBoundingClientRect(), sight.getBoundingClientRect()]
  week.scrollTop += spot.top - view.top - view.height / 3
  const hours = week.querySelector('[data-clock]')?.clientWidth ?? 0
  const isRtl = getComputedStyle(week).direction === 'rtl'
  week.scrollLeft += isRtl ? spot.right - view.right + hours : spot.left - view.left - hours
}
