import { useLanguage } from '../language/use-language.tsx'
import { Button } from './button.tsx'
import { ErrorMessage } from './error-message.tsx'

interface MoreProps {
  query: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
    isFetchNextPageError: boolean
    error: unknown
  }
}

/** A list that goes on, does so at a press. */
export function More({ query }: MoreProps) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError, error } = query
  const { t } = useLanguage()
  if (!hasNextPage) return null
  return (
    <div className="flex flex-col items-center gap-2">
      <ErrorMessage error={isFetchNextPageError ? error : null} />
      <Button look="quiet" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
        {t('app.loadMore')}
      </Button>
    </div>
  )
}
