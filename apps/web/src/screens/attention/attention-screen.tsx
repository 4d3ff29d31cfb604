import { useQueries, useQuery } from '@tanstack/react-query'
import { CircleCheckBig, OctagonPause } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { attention, channels } from '../../api/queries.ts'
import type { Publication } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Page } from '../../kit/page.tsx'
import { Empty, Failed, Skeleton } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { Holds } from './holds.tsx'
import { RetryAll } from './retry-all.tsx'
import { TroubleCard } from './trouble-card.tsx'

const HoldDialog = lazy(() => import('./hold-dialog.tsx'))

const causes = ['failed', 'unconfirmed', 'missed', 'held', 'risk'] as const

const canRetry = (cause: (typeof causes)[number]) => cause === 'failed' || cause === 'missed'

const isToCome = ({ state }: Publication) => state === 'planned'

/** Everything that needs a person, with its cause in plain words and what to do. */
export function AttentionScreen() {
  const { t, show } = useLanguage()
  const may = useMay()
  const [isHolding, setHolding] = useState(false)
  const known = useQuery(channels).data ?? []
  const queries = useQueries({ queries: causes.map((cause) => attention[cause]) })
  const failed = queries.find(({ error }) => error)
  const isLoading = queries.some(({ isPending }) => isPending)
  const groups = causes.map((cause, at) => {
    const items = queries[at]?.data ?? []
    // What has gone wrong already stands with its cause.
    return { cause, items: cause === 'risk' ? items.filter(isToCome) : items }
  })
  const isCalm = groups.every(({ items }) => items.length === 0)
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
      {failed ? (
        <Failed error={failed.error} onRetry={() => void failed.refetch()} />
      ) : isLoading ? (
        <Skeleton />
      ) : isCalm ? (
        <Empty
          icon={<CircleCheckBig aria-hidden className="size-7 text-ok" />}
          title={t('attention.empty')}
          text={t('attention.emptyText')}
        />
      ) : (
        groups
          .filter(({ items }) => items.length > 0)
          .map(({ cause, items }) => (
            <section key={cause} className="flex flex-col gap-3">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <h2 className="flex items-center gap-2 text-base">
                  {t(`state.${cause}`)}
                  <span className="rounded-full bg-sunken px-2 text-xs text-muted">
                    {show.number(items.length)}
                  </span>
                </h2>
                {may('publications:write') && items.length > 1 && canRetry(cause) && (
                  <RetryAll items={items} />
                )}
              </div>
              <ul className="flex flex-col gap-3">
                {items.map((publication: Publication) => (
                  <TroubleCard
                    key={publication.id}
                    publication={publication}
                    cause={cause}
                    channel={known.find(({ id }) => id === publication.channelId)}
                  />
                ))}
              </ul>
            </section>
          ))
      )}
      <Suspense>
        {isHolding && <HoldDialog channels={known} onClose={() => setHolding(false)} />}
      </Suspense>
    </Page>
  )
}
