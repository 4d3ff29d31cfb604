import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { answerOf, client } from '../api/client.ts'
import { useLanguage } from '../language/use-language.tsx'

type Doing = 'reading' | 'writing' | 'left'
type Kind = 'posts' | 'conversations'

/** As often as the server wants to hear of it. */
const everyMs = 10_000

const say = (kind: Kind, id: string, doing: Doing) => {
  // What is said on leaving goes out although the page is on its way to another.
  const said = { params: { path: { id } }, body: { doing }, keepalive: true }
  return answerOf(
    kind === 'posts'
      ? client.PUT('/v1/posts/{id}/presence', said)
      : client.PUT('/v1/conversations/{id}/presence', said),
  )
}

/** After this long without a change, a person counts as reading only. */
const writesForMs = 20_000

function useIsWriting(written: unknown): boolean {
  const before = useRef(written)
  const [isWriting, setWriting] = useState(false)
  useEffect(() => {
    if (before.current === written) return
    before.current = written
    setWriting(true)
    const timer = setTimeout(() => setWriting(false), writesForMs)
    return () => clearTimeout(timer)
  }, [written])
  return isWriting
}

interface PresenceIndicatorProps {
  kind: Kind
  id: string
  /** What is being written: another value whenever it changes. */
  written: unknown
}

/** Says that one is here, and who else is: nobody finds out by a collision. */
export function PresenceIndicator({ kind, id, written }: PresenceIndicatorProps) {
  const doing = useIsWriting(written) ? 'writing' : 'reading'
  const { data } = useQuery({
    queryKey: ['presence', kind, id, doing],
    queryFn: () => say(kind, id, doing),
    refetchInterval: everyMs,
    placeholderData: (before) => before,
    staleTime: 0,
    retry: false,
  })
  // If this request is lost, the server forgets the person by itself after a while.
  useEffect(() => () => void say(kind, id, 'left').catch(() => undefined), [kind, id])
  return <Others people={data?.people ?? []} />
}

/** Who writes stands out: what one types oneself may meet theirs. */
export function Others({ people }: { people: readonly { name: string; doing: string }[] }) {
  const { t, show } = useLanguage()
  const namesOf = (wanted: Doing) =>
    show.list(people.filter(({ doing }) => doing === wanted).map(({ name }) => name))
  const writing = namesOf('writing')
  const reading = namesOf('reading')
  return (
    <div role="status" className="flex flex-wrap gap-2 text-sm empty:hidden">
      {writing && (
        <span className="rounded-full bg-warn-soft px-3 py-1 text-warn">
          {t('presence.writing', { names: writing })}
        </span>
      )}
      {reading && (
        <span className="rounded-full bg-sunken px-3 py-1 text-muted">
          {t('presence.reading', { names: reading })}
        </span>
      )}
    </div>
  )
}
