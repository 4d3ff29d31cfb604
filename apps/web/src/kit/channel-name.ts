import { useQuery } from '@tanstack/react-query'
import { channels } from '../api/queries.ts'
import { useLanguage } from '../language/use-language.tsx'

/** What people call a channel; of one that was removed, what became of it. */
export function useChannelName(): (id: string) => string {
  const { t } = useLanguage()
  const known = useQuery(channels).data
  return (id) => known?.find((one) => one.id === id)?.name ?? (known ? t('channels.gone') : '')
}
