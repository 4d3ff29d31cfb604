import type { ReactNode, Ref } from 'react'
import { minutesOfDay, share } from './placing.ts'

interface WeekBoxProps {
  days: readonly string[]
  /** A day, or a day and a time of it; nothing is drawn for a place in another week. */
  place: string
  /** The height of a box with a time, in minutes of the day. */
  minutes: number
  ref?: Ref<HTMLDivElement>
  children: ReactNode
}

/** An overlay on a week: it comes, goes and moves without rendering the cards. */
export function WeekBox({ days, place, minutes, ref, children }: WeekBoxProps) {
  const [day = '', time] = place.split('T')
  const at = days.indexOf(day)
  if (at < 0) return null
  const [hour = 0, minute = 0] = time?.split(':').map(Number) ?? []
  const length = time === undefined ? minutesOfDay : minutes
  const style = {
    insetInlineStart: share(at, days.length),
    inlineSize: share(1, days.length),
    insetBlockStart: share(Math.min(hour * 60 + minute, minutesOfDay - length), minutesOfDay),
    blockSize: share(length, minutesOfDay),
  }
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-0 top-14 bottom-0">
      <div ref={ref} className="absolute p-px" style={style}>
        {children}
      </div>
    </div>
  )
}
