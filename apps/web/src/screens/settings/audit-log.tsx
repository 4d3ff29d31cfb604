import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { auditLog, members } from '../../api/queries.ts'
import { More } from '../../kit/more.tsx'
import { itemsOf } from '../../kit/pages.ts'
import { isState, StateBadge } from '../../kit/state-badge.tsx'
import { Loaded } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { actionName, actorNames } from './audit-names.ts'

/** Who did what and when, with what was before and after. */
export default function AuditLog() {
  const { show } = useLanguage()
  const query = useInfiniteQuery(auditLog)
  const people = useQuery(members).data ?? []
  const items = itemsOf(query.data)
  const nameOf = (id: string | null, via: string) => {
    const known = people.find((one) => one.id === id)?.name
    const other = actorNames[via]
    return known ?? (other ? show.said(other) : via)
  }
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
                    <span className="flex min-w-0 grow flex-wrap items-center gap-2">
                      <ActionName action={action} />
                      <StateOf after={after} />
                    </span>
                    <time dateTime={at} className="text-sm text-muted">
                      {show.when(at)}
                    </time>
                  </summary>
                  <div
                    dir="ltr"
                    className="grid gap-2 border-t border-line p-3 font-mono text-xs md:grid-cols-2"
                  >
                    <span className="md:col-span-2">
                      {action} · {subject.kind} {subject.id}
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
          <More query={query} />
        </div>
      )}
    </Loaded>
  )
}

function ActionName({ action }: { action: string }) {
  const { show } = useLanguage()
  const name = actionName(action)
  if (name) return <span>{show.said(name)}</span>
  return (
    <bdi dir="ltr" className="font-mono text-xs">
      {action}
    </bdi>
  )
}

/** In which state it was afterwards, where there is one. */
function StateOf({ after }: { after: unknown }) {
  const { state } = (after ?? {}) as { state?: unknown }
  return isState(state) && <StateBadge state={state} />
}
