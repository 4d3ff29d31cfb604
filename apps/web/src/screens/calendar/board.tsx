import { today } from '@internationalized/date'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense, useCallback, useMemo } from 'react'
import type { CalendarEntry } from '../../api/types.ts'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { Empty, Skeleton } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { appointmentsOf, byDayOf, canMove, isAskedFor } from './appointments.ts'
import { DayGrid } from './day-grid.tsx'
import { draftIdIn } from './draft-card.tsx'
import { Legend } from './legend.tsx'
import { Movable } from './movable.tsx'
import { useMove, useScheduleDraft } from './move.ts'
import { dayAt, givenTo, isoOf, movedTo, type Span, timeAt, type View } from './span.ts'

const AppointmentList = lazyWithRetry(() => import('./appointment-list.tsx'))
const WeekGrid = lazyWithRetry(() => import('./week-grid.tsx'))
const Drafts = lazyWithRetry(() => import('./drafts.tsx'))

const route = getRouteApi('/inside/calendar')

interface BoardProps {
  view: View
  span: Span
  entries: readonly CalendarEntry[]
  /** The entries are still those of the span before. */
  isOnItsWay: boolean
  mayWrite: boolean
}

/** The appointments of a span, and beside them the posts without a time. */
export function Board({ view, span, entries, isOnItsWay, mayWrite }: BoardProps) {
  const { t, wanted } = useLanguage()
  const { state, network, drafts } = route.useSearch()
  const { mutate: move } = useMove()
  const { mutate: schedule } = useScheduleDraft()
  const appointments = useMemo(
    () => appointmentsOf(entries.filter((entry) => isAskedFor(entry, { state, network }))),
    [entries, state, network],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day of the same span is the same span
  const byDay = useMemo(
    () => byDayOf(appointments, span, wanted),
    [appointments, span.from, span.to, wanted],
  )
  const startOf = useCallback(
    (key: string) => {
      const placeAt = view === 'week' ? timeAt : dayAt
      if (draftIdIn(key)) {
        const now = new Date()
        return placeAt(givenTo(isoOf(today(wanted.zone)), wanted.zone, now), wanted)
      }
      const appointment = appointments.find((one) => one.key === key)
      return mayWrite && appointment && canMove(appointment)
        ? placeAt(appointment.dueAt, wanted)
        : null
    },
    [appointments, mayWrite, view, wanted],
  )
  const moveTo = useCallback(
    (key: string, place: string) => {
      const postId = draftIdIn(key)
      if (postId) return schedule({ postId, to: givenTo(place, wanted.zone, new Date()) })
      const appointment = appointments.find((one) => one.key === key)
      if (!appointment) return
      const to = movedTo(place, appointment, wanted)
      if (!isSameMinute(to, appointment.dueAt)) move({ appointment, to })
    },
    [appointments, move, schedule, wanted],
  )
  const days = { span, byDay, mayWrite, onMove: moveTo }
  return (
    <Movable startOf={startOf} onMove={moveTo}>
      <div className="flex flex-col gap-4 lg:flex-row lg:items-start">
        <div
          aria-busy={isOnItsWay}
          className="flex min-w-0 grow flex-col gap-3 aria-busy:animate-pulse"
        >
          {view === 'month' && <DayGrid {...days} />}
          {view === 'week' && (
            <Suspense fallback={<Skeleton />}>
              <WeekGrid {...days} isOnItsWay={isOnItsWay} />
            </Suspense>
          )}
          {view === 'list' && appointments.length > 0 && (
            <Suspense fallback={<Skeleton />}>
              <AppointmentList byDay={byDay} mayWrite={mayWrite} />
            </Suspense>
          )}
          {view === 'list' &&
            appointments.length === 0 &&
            (isOnItsWay ? (
              <Skeleton />
            ) : (
              <Empty title={t('calendar.empty')} text={t('calendar.emptyText')} />
            ))}
          <Legend appointments={appointments} />
        </div>
        {drafts && mayWrite && (
          <Suspense fallback={<Skeleton />}>
            <Drafts />
          </Suspense>
        )}
      </div>
    </Movable>
  )
}

/** Times are shown in minutes: a move within the same minute is none. */
const isSameMinute = (one: string, other: string): boolean =>
  one.slice(0, 16) === other.slice(0, 16)
