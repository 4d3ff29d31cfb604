import { today } from '@internationalized/date'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { calendar } from '../../api/queries.ts'
import { Button } from '../../kit/button.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { momentOf } from '../../language/wall-time.ts'
import { isoOf, type Span, spanOf, stepped, type View } from './span.ts'

const route = getRouteApi('/inside/calendar')

/** Back, forward and to today. A span is prefetched when its button is hovered or focused. */
export function Steps({ view, span }: { view: View; span: Span }) {
  const { t, show, wanted } = useLanguage()
  const queries = useQueryClient()
  const channel = route.useSearch({ select: (search) => search.channel })
  const navigate = useNavigate({ from: '/calendar' })
  const go = (on: string) => void navigate({ search: (before) => ({ ...before, on }) })
  const step = (by: 1 | -1) => {
    const on = stepped(view, span.on, by)
    const readAhead = () => void queries.prefetchQuery(calendar(spanOf(view, on, wanted), channel))
    return { onPress: () => go(isoOf(on)), onPointerEnter: readAhead, onFocus: readAhead }
  }
  const arrow = 'size-5 rtl:rotate-180'
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="icon" aria-label={t('calendar.previous')} {...step(-1)}>
        <ChevronLeft aria-hidden className={arrow} />
      </Button>
      <Button size="icon" aria-label={t('calendar.next')} {...step(1)}>
        <ChevronRight aria-hidden className={arrow} />
      </Button>
      <Button size="small" onPress={() => go(isoOf(today(wanted.zone)))}>
        {t('calendar.today')}
      </Button>
      <h2 aria-live="polite" className="text-lg">
        {show.month(momentOf(span.on, wanted.zone))}
      </h2>
    </div>
  )
}
