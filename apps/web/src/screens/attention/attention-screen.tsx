import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { CircleCheckBig, OctagonPause, RotateCcw } from 'lucide-react'
import { Suspense } from 'react'
import { attention, attentionCounts, type Cause, channels } from '../../api/queries.ts'
import type { Channel } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { More } from '../../kit/more.tsx'
import { Page } from '../../kit/page.tsx'
import { itemsOf } from '../../kit/pages.ts'
import { Empty, Loaded } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { useRetry } from './attention-actions.ts'
import { Holds } from './holds.tsx'
import { NewTime } from './new-time.tsx'
import { TroubleCard } from './trouble-card.tsx'

const HoldDialog = lazyWithRetry(() => import('./hold-dialog.tsx'))

const route = getRouteApi('/inside/attention')

const causes = ['missing', 'failed', 'unconfirmed', 'missed', 'held', 'risk'] as const

/** Everything that needs a person, with its cause in plain words and what to do. */
export function AttentionScreen() {
  const { t } = useLanguage()
  const may = useMay()
  const { stop: isHolding } = route.useSearch()
  const navigate = useNavigate()
  const setHolding = (stop: boolean) =>
    void navigate({ to: '/attention', search: stop ? { stop } : {}, replace: true })
  const known = useQuery(channels).data ?? []
  const query = useQuery(attentionCounts)
  return (
    <Page
      title={t('attention.title')}
      actions={
        may('holds:write') && (
          <Button look="danger" onPress={() => setHolding(true)}>
            <OctagonPause aria-hidden className="size-4" />
            {t('attention.kill')}
          </Button>
        )
      }
    >
      <Holds />
      <Loaded query={query}>
        {(counts) => {
          // A count may be null: that cause is shown too, with its list or the reason why it cannot be read.
          const open = causes.filter((cause) => counts[cause] !== 0)
          if (open.length > 0) {
            return open.map((cause) => (
              <Group key={cause} cause={cause} count={counts[cause]} channels={known} />
            ))
          }
          return (
            <Empty
              icon={<CircleCheckBig aria-hidden className="size-7 text-ok" />}
              title={t('attention.empty')}
              text={t('attention.emptyText')}
            />
          )
        }}
      </Loaded>
      <Suspense>
        {isHolding && may('holds:write') && (
          <HoldDialog channels={known} onClose={() => setHolding(false)} />
        )}
      </Suspense>
    </Page>
  )
}

interface GroupProps {
  cause: Cause
  /** Null when it is not known. */
  count: number | null
  channels: readonly Channel[]
}

/** All publications with one cause, and what can be done about them together. */
function Group({ cause, count, channels: known }: GroupProps) {
  const { t, show } = useLanguage()
  const may = useMay()
  const query = useInfiniteQuery(attention[cause])
  const retry = useRetry(cause)
  const items = itemsOf(query.data)
  const ids = (items ?? []).map(({ id }) => id)
  const canRecover = may('publications:write') && (cause === 'failed' || cause === 'missed')
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="flex items-center gap-2 text-base">
          {t(`state.${cause}`)}
          {count !== null && (
            <span className="rounded-full bg-sunken px-2 text-xs text-muted">
              {show.number(count)}
            </span>
          )}
        </h2>
        {canRecover && ids.length > 1 && (
          <div className="flex flex-wrap gap-2">
            <Button size="small" isPending={retry.isPending} onPress={() => retry.mutate({ ids })}>
              <RotateCcw aria-hidden className="size-4" />
              {t('attention.retryAll', { number: show.number(ids.length) })}
            </Button>
            <NewTime cause={cause} ids={ids} />
          </div>
        )}
      </div>
      <Loaded query={{ ...query, data: items }} rows={Math.min(count ?? 1, 3)}>
        {(all) => (
          <ul className="flex flex-col gap-3">
            {all.map((publication) => (
              <TroubleCard
                key={publication.id}
                publication={publication}
                cause={cause}
                channel={known.find(({ id }) => id === publication.channelId)}
              />
            ))}
          </ul>
        )}
      </Loaded>
      <More query={query} />
    </section>
  )
}
