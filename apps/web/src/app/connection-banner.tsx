import { useConnection } from '../api/live.ts'
import { useOnline } from '../kit/use-online.ts'
import { useLanguage } from '../language/use-language.tsx'

/** Says that the server is away, as long as it is. */
export function ConnectionBanner() {
  const { t } = useLanguage()
  const connection = useConnection()
  const isOnline = useOnline()
  if (isOnline && connection === 'live') return null
  return (
    <div role="alert" className="bg-warn-soft px-4 py-2 text-center text-sm text-warn">
      {isOnline ? t('app.unreachable') : t('app.offline')}
    </div>
  )
}
