import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { post } from '../../api/queries.ts'
import type { Post } from '../../api/types.ts'
import { useMay, useMe } from '../../app/session.ts'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { Page } from '../../kit/page.tsx'
import { Loaded, Skeleton } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
import { soon } from '../../language/soon.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { wallTimeAt } from '../../language/wall-time.ts'
import { draftOf, emptyDraft, isTheSame } from './draft/draft.ts'
import { placeOf, savedDraft } from './draft/save-draft.ts'
import { Editor } from './editor.tsx'
import { finishedMessageOf } from './finish.tsx'
import { type Opening, useEditing } from './sync/use-editing.ts'

const ReadPost = lazyWithRetry(() => import('./read-post.tsx'))

const route = getRouteApi('/inside/posts/$id')

/** An existing post. */
export function EditScreen() {
  const { t } = useLanguage()
  const may = useMay()
  const { id } = route.useParams()
  const query = useQuery({ ...post(id), staleTime: 0 })
  return (
    <Loaded query={query} frame={(inside) => <Page title={t('compose.edit')}>{inside}</Page>}>
      {(found) =>
        may('posts:write') ? (
          <Opened key={found.id} found={found} isFetching={query.isFetching} />
        ) : (
          <Suspense>
            <ReadPost post={found} />
          </Suspense>
        )
      }
    </Loaded>
  )
}

/** Begins with the local draft, if it differs from the post on the server. */
function Opened({ found, isFetching }: { found: Post; isFetching: boolean }) {
  const { t, wanted } = useLanguage()
  const me = useMe()
  const place = placeOf(me?.workspace.id ?? '', me?.member?.id ?? '', found.id)
  const [opening, setOpening] = useState<Opening | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the post is there
  useEffect(() => {
    if (isFetching || opening) return
    const kept = savedDraft(place)
    const fresh = emptyDraft(soon(wanted), wanted.zone)
    const isMore = kept && !isTheSame(kept.draft, draftOf(found, fresh))
    setOpening({ found, fresh, kept: isMore ? kept : undefined })
  }, [place, isFetching])
  if (!opening) {
    return (
      <Page title={t('compose.edit')} isWide>
        <Skeleton />
      </Page>
    )
  }
  return <ExistingPost opening={opening} place={place} />
}

function ExistingPost({ opening, place }: { opening: Opening; place: string }) {
  const language = useLanguage()
  const { t, show, wanted } = language
  const navigate = useNavigate()
  const editing = useEditing({
    opening,
    place,
    isNew: false,
    onFinished: async ({ made, sent, rest }) => {
      toast(finishedMessageOf(made, sent, language))
      if (!made.schedule || rest) return
      const on = wallTimeAt(made.schedule.dueAt, wanted.zone).slice(0, 10)
      await navigate({ to: '/calendar', search: { on } })
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the post is opened
  useEffect(() => {
    const { kept, found, fresh } = opening
    if (!kept || !found) return
    toast(t('compose.restored', { when: show.distance(kept.at) }), {
      undo: () => editing.setDraft(draftOf(found, fresh)),
    })
  }, [])
  return <Editor title={t('compose.edit')} editing={editing} onFinish={editing.finish} />
}
