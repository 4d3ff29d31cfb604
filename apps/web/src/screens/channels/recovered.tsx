import { useQueries } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { notGoneOutOn } from '../../api/queries.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { useRetry } from '../attention/attention-actions.ts'

/** The reasons of publications that failed because the channel had lost its access. */
const causes = new Set([
  'channel_needs_reconnect',
  'token_revoked',
  'token_expired',
  'access_missing',
  'forbidden',
])

/** After a reconnect, retries at one press what failed for want of access or was missed. */
export function Recovered({ channelId }: { channelId: string }) {
  const { t, show } = useLanguage()
  const may = useMay()
  const [failed, missed] = useQueries({
    queries: [notGoneOutOn(channelId, 'failed'), notGoneOutOn(channelId, 'missed')],
  })
  const ids = [
    ...(failed.data ?? []).filter(({ reason }) => causes.has(reason?.code ?? '')),
    ...(missed.data ?? []),
  ].map(({ id }) => id)
  const retry = useRetry('failed')
  if (ids.length === 0 || !may('publications:write')) return null
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-card border border-warn/40 bg-warn-soft px-4 py-3 text-warn">
      <p className="grow">{t('channels.recovered', { number: show.number(ids.length) })}</p>
      <Button
        look="primary"
        size="small"
        isPending={retry.isPending}
        onPress={() => retry.mutate({ ids })}
      >
        <RotateCcw aria-hidden className="size-4" />
        {t('attention.retryAll', { number: show.number(ids.length) })}
      </Button>
    </div>
  )
}
