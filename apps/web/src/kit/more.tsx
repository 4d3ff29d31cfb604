import { useLanguage } from '../language/use-language.tsx'
import { Button } from './button.tsx'

interface MoreProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** A list that goes on, does so at a press. */
export function More({ query: { hasNextPage, isFetchingNextPage, fetchNextPage } }: MoreProps) {
  const { t } = useLanguage()
  if (!hasNextPage) return null
  return (
    <div className="flex justify-center">
      <Button look="quiet" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
        {t('app.loadMore')}
      </Button>
    </div>
  )
}
