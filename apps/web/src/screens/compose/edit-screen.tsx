import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { approvalPolicy, post } from '../../api/queries.ts'
import type { Post } from '../../api/types.ts'
import { useMay, useMe } from '../../app/session.ts'
import { AlsoHere } from '../../kit/also-here.tsx'
import { Button } from '../../kit/button.tsx'
import { Page } from '../../kit/page.tsx'
import { Refusal } from '../../kit/refusal.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { Loaded } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useFieldOfAddress } from '../../kit/use-field-of-address.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { Composer } from './composer.tsx'
import { useFindings } from './findings.tsx'
import { isOver, PostPublications } from './post-publications.tsx'
import { SavedNote } from './saved-note.tsx'
import { usePostEditing } from './use-post-editing.ts'

// Seldom needed, so loaded when they are.
const CollisionDialog = lazy(() => import('./collision-dialog.tsx'))
const HistoryDialog = lazy(() => import('./history-dialog.tsx'))
const ReadPost = lazy(() => import('./read-post.tsx'))

const route = getRouteApi('/inside/posts/$id')

/** A post that is there already. */
export function EditScreen() {
  const { t } = useLanguage()
  const may = useMay()
  const { id } = route.useParams()
  const query = useQuery({ ...post(id), staleTime: 0 })
  return (
    <Loaded query={query} frame={(inside) => <Page title={t('compose.edit')}>{inside}</Page>}>
      {(found) =>
        may('posts:write') ? (
          <Editor key={found.id} found={found} />
        ) : (
          <Suspense>
            <ReadPost post={found} />
          </Suspense>
        )
      }
    </Loaded>
  )
}

function Editor({ found }: { found: Post }) {
  const { t } = useLanguage()
  const workspaceId = useMe()?.workspace.id ?? ''
  const needsApproval = useQuery(approvalPolicy).data?.approval === 'other_person'
  const editing = usePostEditing({ found, workspaceId, needsApproval })
  const { base, draft, setDraft, keptAt, savedAt, isSaving, theirs } = editing
  const findings = useFindings(draft)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  useFieldOfAddress()
  return (
    <Page
      title={t('compose.edit')}
      isWide
      actions={
        <>
          <SavedNote keptAt={keptAt} savedAt={savedAt} isSaving={isSaving} />
          <StateBadge state={base.state} />
          {base.progress !== 'unscheduled' && <StateBadge state={base.progress} />}
          <Button size="small" onPress={() => setHistoryOpen(true)}>
            {t('compose.history')}
          </Button>
        </>
      }
    >
      {base.review?.decision === 'changes_requested' && base.review.comment && (
        <p dir="auto" className="rounded-control bg-warn-soft px-3 py-2 text-warn">
          {base.review.comment}
        </p>
      )}
      {isOver(base) && <p className="rounded-control bg-sunken px-3 py-2">{t('compose.gone')}</p>}
      <AlsoHere kind="posts" id={found.id} written={draft} />
      <Composer
        draft={draft}
        onChange={setDraft}
        findings={findings}
        actions={!isOver(base) && <Finish editing={editing} needsApproval={needsApproval} />}
      >
        <PostPublications post={found} />
      </Composer>
      <Suspense>
        {theirs && (
          <CollisionDialog
            theirs={theirs}
            yours={draft}
            onClose={editing.decideLater}
            onDecide={editing.decide}
          />
        )}
        {isHistoryOpen && (
          <HistoryDialog
            postId={found.id}
            onClose={() => setHistoryOpen(false)}
            onRestore={(text) => {
              setDraft((now) => {
                const [first, ...rest] = now.parts
                return { ...now, parts: [{ ...first, text }, ...rest] }
              })
              setHistoryOpen(false)
            }}
          />
        )}
      </Suspense>
    </Page>
  )
}

interface FinishProps {
  editing: ReturnType<typeof usePostEditing>
  needsApproval: boolean
}

/** What was changed takes effect. */
function Finish({ editing: { draft, finish, problem }, needsApproval }: FinishProps) {
  const { t, show } = useLanguage()
  const navigate = useNavigate()
  const verb =
    draft.when === 'draft'
      ? t('app.save')
      : needsApproval
        ? t('compose.submit')
        : t('compose.schedule')
  const done = async ({ schedule }: Post) => {
    if (!schedule) return toast(t('compose.draftSaved'))
    toast(t('compose.scheduled', { when: show.when(schedule.dueAt) }))
    await navigate({ to: '/calendar', search: { on: schedule.local.slice(0, 10) } })
  }
  return (
    <>
      <Refusal error={problem} />
      <Button
        look="primary"
        isPending={finish.isPending}
        isDisabled={draft.when !== 'draft' && draft.channelIds.length === 0}
        onPress={() => finish.mutate(undefined, { onSuccess: done })}
      >
        <span className="grow text-center">{verb}</span>
      </Button>
    </>
  )
}
