import { isSameDay, today } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, PenLine } from 'lucide-react'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { calendar } from '../../api/queries.ts'
import type { CalendarEntry } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button, buttonClass } from '../../kit/button.tsx'
import { Page } from '../../kit/page.tsx'
import { Empty, Loaded, Skeleton } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { wallTimeAt } from '../../language/wall-time.ts'
import { FirstSteps } from '../settings/first-steps.tsx'
import { appointmentsOf, byDayOf } from './appointments.ts'
import { DayCell } from './day-cell.tsx'
import { Movable } from './movable.tsx'
import { useMove } from './move.ts'
import { dayOf, isoOf, type Span, spanOf, stepped, type View } from './span.ts'

// The days are there first; what narrows them down, or lists thousands, comes after.
const Filters = lazy(() => import('./filters.tsx'))
const AppointmentList = lazy(() => import('./appointment-list.tsx'))

const route = getRouteApi('/inside/calendar')

/** What goes out when. */
export function CalendarScreen() {
  const { t, wanted } = useLanguage()
  const may = useMay()
  const search = route.useSearch()
  const view: View = search.view ?? (matchMedia('(width < 48rem)').matches ? 'list' : 'month')
  const on = dayOf(search.on ?? isoOf(today(wanted.zone)), wanted)
  const span = spanOf(view, on, wanted)
  const query = useQuery(
    calendar({
      from: span.from,
      to: span.to,
      ...(search.channel && { channelId: search.channel }),
    }),
  )
  return (
    <Page
      title={t('calendar.title')}
      isWide
      actions={
        may('posts:write') && (
          <Link to="/compose" search={{}} className={`${buttonClass('primary')} max-lg:hidden`}>
            <PenLine aria-hidden className="size-4" />
            {t('nav.compose')}
          </Link>
        )
      }
      toolbar={
        <>
          <FirstSteps />
          <Steps view={view} span={span} />
          <Suspense fallback={<div className="min-h-9 max-md:min-h-20" />}>
            <Filters view={view} />
          </Suspense>
        </>
      }
    >
      <Loaded query={query}>
        {(entries) => <Shown view={view} span={span} entries={entries} state={search.state} />}
      </Loaded>
    </Page>
  )
}

function Steps({ view, span }: { view: View; span: Span }) {
  const { t, show, wanted } = useLanguage()
  const navigate = useNavigate({ from: '/calendar' })
  const go = (on: string) => void navigate({ search: (before) => ({ ...before, on }) })
  const arrow = 'size-5 rtl:rotate-180'
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        size="icon"
        aria-label={t('calendar.previous')}
        onPress={() => go(isoOf(stepped(view, span.on, -1)))}
      >
        <ChevronLeft aria-hidden className={arrow} />
      </Button>
      <Button
        size="icon"
        aria-label={t('calendar.next')}
        onPress={() => go(isoOf(stepped(view, span.on, 1)))}
      >
        <ChevronRight aria-hidden className={arrow} />
      </Button>
      <Button size="small" onPress={() => go(isoOf(today(wanted.zone)))}>
        {t('calendar.today')}
      </Button>
      <h2 aria-live="polite" className="text-lg">
        {show.month(span.on.toDate(wanted.zone))}
      </h2>
    </div>
  )
}

interface ShownProps {
  view: View
  span: Span
  entries: readonly CalendarEntry[]
  /** Only what is in this state. */
  state: string | undefined
}

function Shown({ view, span, entries, state }: ShownProps) {
  const { t, wanted } = useLanguage()
  const { mutate: move } = useMove()
  const appointments = useMemo(
    () => appointmentsOf(state ? entries.filter((entry) => entry.state === state) : entries),
    [entries, state],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day of the same span is the same span
  const byDay = useMemo(
    () => byDayOf(appointments, span, wanted),
    [appointments, span.from, span.to, wanted],
  )
  const moveTo = useCallback(
    (key: string, day: string) => {
      const appointment = appointments.find((one) => one.key === key)
      if (!appointment) return
      const { dueAt, zone } = appointment
      if (wallTimeAt(dueAt, zone).slice(0, 10) !== day) move({ appointment, day })
    },
    [appointments, move],
  )
  if (view === 'list') {
    if (appointments.length === 0) {
      return <Empty title={t('calendar.empty')} text={t('calendar.emptyText')} />
    }
    return (
      <Suspense fallback={<Skeleton />}>
        <Movable appointments={appointments} onMove={moveTo}>
          <AppointmentList byDay={byDay} />
        </Movable>
      </Suspense>
    )
  }
  const now = today(wanted.zone)
  return (
    <Movable appointments={appointments} onMove={moveTo}>
      <div className="overflow-x-auto">
        <div className="min-w-[56rem] overflow-hidden rounded-card border border-line">
          <WeekDays span={span} />
          <ul className="grid grid-cols-7 gap-px bg-line">
            {span.days.map((day, at) => (
              <DayCell
                // By its place: to turn the page is to write other days on it.
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what stays
                key={at}
                day={day}
                span={span}
                isToday={isSameDay(day, now)}
                isTall={view === 'week'}
                appointments={byDay.get(isoOf(day)) ?? []}
                onMove={moveTo}
              />
            ))}
          </ul>
        </div>
      </div>
    </Movable>
  )
}

function WeekDays({ span }: { span: Span }) {
  const { show, wanted } = useLanguage()
  return (
    <div
      aria-hidden
      className="grid grid-cols-7 border-b border-line bg-canvas text-center text-sm text-muted"
    >
      {span.days.slice(0, 7).map((day) => (
        <span key={isoOf(day)} className="py-2">
          {show.weekday(day.toDate(wanted.zone))}
        </span>
      ))}
    </div>
  )
}
