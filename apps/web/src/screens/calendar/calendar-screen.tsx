import { today } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { PenLine } from 'lucide-react'
import { Suspense } from 'react'
import { calendar } from '../../api/queries.ts'
import { useMay } from '../../app/session.ts'
import { buttonClass } from '../../kit/button.tsx'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { Page } from '../../kit/page.tsx'
import { Loaded } from '../../kit/states.tsx'
import { InZone, useLanguage } from '../../language/use-language.tsx'
import { FirstSteps } from '../settings/first-steps.tsx'
import { Board } from './board.tsx'
import { dayOf, isoOf, spanOf, type View } from './span.ts'
import { Steps } from './steps.tsx'

// Loaded after the days, which come first.
const Filters = lazyWithRetry(() => import('./filters.tsx'))

const route = getRouteApi('/inside/calendar')

/** What goes out when, in one's own zone or in the one that the address names. */
export function CalendarScreen() {
  const zone = route.useSearch({ select: (search) => search.zone })
  return (
    <InZone zone={zone}>
      <Calendar />
    </InZone>
  )
}

function Calendar() {
  const { t, wanted } = useLanguage()
  const mayWrite = useMay()('posts:write')
  const search = route.useSearch()
  const view: View = search.view ?? (matchMedia('(width < 48rem)').matches ? 'list' : 'month')
  const span = spanOf(view, dayOf(search.on ?? isoOf(today(wanted.zone)), wanted), wanted)
  const query = useQuery(calendar(span, search.channel))
  return (
    <Page
      title={t('calendar.title')}
      isWide
      actions={
        mayWrite && (
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
        {(entries) => (
          <Board
            view={view}
            span={span}
            entries={entries}
            isOnItsWay={query.isPlaceholderData}
            mayWrite={mayWrite}
          />
        )}
      </Loaded>
    </Page>
  )
}
