import { useInfiniteQuery } from '@tanstack/react-query'
import { drafts } from '../../api/queries.ts'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/page.tsx'
import { Loaded } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { DraftCard } from './draft-card.tsx'

/** Posts without a time, to be dropped on a day. */
export default function Drafts() {
  const { t } = useLanguage()
  const query = useInfiniteQuery(drafts)
  return (
    <section
      aria-labelledby="drafts"
      className="flex flex-col gap-2 max-lg:order-first lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:w-72 lg:shrink-0
        lg:overflow-y-auto"
    >
      <h2 id="drafts" className="text-base">
        {t('calendar.drafts')}
      </h2>
      <p className="text-sm text-muted pointer-coarse:hidden">{t('calendar.draftsHint')}</p>
      <Loaded query={query}>
        {({ pages }) => {
          const posts = pages.flatMap(({ items }) => items)
          if (posts.length === 0) return <Card>{t('calendar.noDrafts')}</Card>
          return (
            <ul className="flex flex-col gap-2">
              {posts.map((post) => (
                <li key={post.id}>
                  <DraftCard post={post} />
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
      {query.hasNextPage && (
        <Button
          size="small"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          {t('app.loadMore')}
        </Button>
      )}
    </section>
  )
}
