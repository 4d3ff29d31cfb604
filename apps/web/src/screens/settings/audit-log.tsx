import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { auditLog, members } from '../../api/queries.ts'
import { Button } from '../../kit/button.tsx'
import { Loaded } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'

/** Who did what and when, with what was before and after. */
export default function AuditLog() {
  const { t, show } = useLanguage()
  const query = useInfiniteQuery(auditLog)
  const people = useQuery(members).data ?? []
  const items = query.data?.pages.flatMap((page) => page.items)
  const nameOf = (id: string | null, via: string) =>
    people.find((one) => one.id === id)?.name ?? id ?? via
  return (
    <Loaded query={{ data: items, error: query.error, refetch: query.refetch }}>
      {(all) => (
        <div className="flex flex-col gap-3">
          <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface">
            {all.map(({ id, at, actor, action, subject, before, after }) => (
              <li key={id}>
                <details>
                  <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
                    <bdi className="font-medium">{nameOf(actor.memberId, actor.via)}</bdi>
                    <bdi dir="ltr" className="min-w-0 grow truncate font-mono text-xs">
                      {action}
                    </bdi>
                    <time dateTime={at} className="text-sm text-muted">
                      {show.when(at)}
                    </time>
                  </summary>
                  <div
                    dir="ltr"
                    className="grid gap-2 border-t border-line p-3 font-mono text-xs md:grid-cols-2"
                  >
                    <span className="md:col-span-2">
                      {subject.kind} {subject.id}
                    </span>
                    {[before, after].map((side, index) => (
                      <pre
                        // biome-ignore lint/suspicious/noArrayIndexKey: before and after
                        key={index}
                        className="max-h-60 overflow-auto rounded-control bg-sunken p-2 whitespace-pre-wrap"
                      >
                        {JSON.stringify(side, null, 2)}
                      </pre>
                    ))}
                  </div>
                </details>
              </li>
            ))}
          </ul>
          {query.hasNextPage && (
            <Button onPress={() => void query.fetchNextPage()}>{t('app.loadMore')}</Button>
          )}
        </div>
      )}
    </Loaded>
  )
}
