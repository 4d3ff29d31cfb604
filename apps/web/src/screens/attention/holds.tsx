import { useQuery } from '@tanstack/react-query'
import { OctagonPause } from 'lucide-react'
import { answerOf, client, idempotencyHeader } from '../../api/client.ts'
import { activeHolds, channels } from '../../api/queries.ts'
import type { Hold } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { useNetworkName } from '../../kit/network-mark.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'

/** What is stopped at this moment, for everybody to see. */
export function Holds() {
  const { t } = useLanguage()
  const query = useQuery(activeHolds)
  const holds = query.data ?? []
  // Without this message it would seem that nothing is stopped.
  if (query.error && !query.data) {
    return (
      <div className="flex flex-wrap items-center gap-3 rounded-card border border-warn/40 bg-warn-soft px-4 py-3 text-warn">
        <p className="grow">{t('attention.holdsUnread')}</p>
        <Button size="small" onPress={() => void query.refetch()}>
          {t('app.retry')}
        </Button>
      </div>
    )
  }
  if (holds.length === 0) return null
  return (
    <section aria-label={t('attention.holds')} className="flex flex-col gap-2">
      {holds.map((hold) => (
        <HoldBanner key={hold.id} hold={hold} />
      ))}
    </section>
  )
}

function HoldBanner({ hold }: { hold: Hold }) {
  const { t, show } = useLanguage()
  const may = useMay()
  const scope = useScopeName()(hold.scope)
  const release = useOptimisticMutation({
    queryKey: activeHolds.queryKey,
    shown: (all: Hold[]) => all.filter(({ id }) => id !== hold.id),
    alsoRead: ['publications'],
    carryOut: () => {
      const params = { path: { id: hold.id }, header: idempotencyHeader() }
      return answerOf(client.POST('/v1/holds/{id}/release', { params }))
    },
    said: ({ resumed, skipped }) => ({
      text: t('attention.released', {
        resumed: show.number(resumed),
        skipped: show.number(skipped),
      }),
    }),
    undo: () => {
      const { scope, reason, until } = hold
      const body = { scope, reason, until }
      return answerOf(client.POST('/v1/holds', { params: { header: idempotencyHeader() }, body }))
    },
  })
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-card border border-warn/40 bg-warn-soft px-4 py-3 text-warn">
      <OctagonPause aria-hidden className="size-5 shrink-0" />
      <p className="grow">
        <strong>
          <bdi>{scope}</bdi>
        </strong>
        : <bdi>{hold.reason}</bdi> · {t('attention.heldSince', { when: show.when(hold.placedAt) })}
      </p>
      {may('holds:write') && (
        <Button
          size="small"
          isPending={release.isPending}
          onPress={() => release.mutate(undefined)}
        >
          {t('attention.release')}
        </Button>
      )}
    </div>
  )
}

function useScopeName() {
  const { t } = useLanguage()
  const known = useQuery(channels).data ?? []
  const nameOf = useNetworkName()
  return (scope: Hold['scope']): string => {
    switch (scope.kind) {
      case 'workspace':
        return t('attention.workspace')
      case 'network':
        return nameOf(scope.network)
      case 'channel':
        return known.find(({ id }) => id === scope.channelId)?.name ?? scope.channelId
      case 'campaign':
        return scope.campaignId
    }
  }
}
