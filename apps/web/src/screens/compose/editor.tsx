import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { isStatus } from '../../api/problem.ts'
import { approvalPolicy, channels } from '../../api/queries.ts'
import { Button } from '../../kit/button.tsx'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { Page } from '../../kit/page.tsx'
import { PresenceIndicator } from '../../kit/presence-indicator.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useFieldOfAddress } from '../../kit/use-field-of-address.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { Composer } from './composer.tsx'
import { withChannels } from './draft/draft.ts'
import { useUploads } from './fields/use-uploads.ts'
import { Finish } from './finish.tsx'
import { isOver, PostPublications } from './post-publications.tsx'
import { useFindings } from './preview/findings.tsx'
import { SavedNote } from './sync/saved-note.tsx'
import type { EditingPost } from './sync/use-editing.ts'

// Loaded when needed, which is seldom.
const CollisionDialog = lazyWithRetry(() => import('./sync/collision-dialog.tsx'))
const HistoryDialog = lazyWithRetry(() => import('./sync/history-dialog.tsx'))

interface EditorProps {
  title: string
  editing: EditingPost
  onFinish: () => void
  /** What else can be done with it as a whole. */
  actions?: ReactNode
}

/** A browser opens a file that is dropped outside a drop zone, and leaves the page. */
function useNoStrayDrops(): void {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'none'
    }
    addEventListener('dragover', refuse)
    addEventListener('drop', refuse)
    return () => {
      removeEventListener('dragover', refuse)
      removeEventListener('drop', refuse)
    }
  }, [])
}

/** A post being written, new or not: what it says, where it stands, and what becomes of it. */
export function Editor({ title, editing, onFinish, actions }: EditorProps) {
  const { t } = useLanguage()
  const { base, draft, setDraft, theirs, decide, keeping, saving, finishing } = editing
  const known = useQuery(channels).data
  const needsApproval = useQuery(approvalPolicy).data?.approval === 'other_person'
  const checked = useFindings(withChannels(draft, known))
  const uploads = useUploads()
  useNoStrayDrops()
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const [laterAt, setLaterAt] = useState<number | null>(null)
  useFieldOfAddress()
  const isOpenToChange = base === null || !isOver(base)
  const problem = [finishing.error, saving.problem].find(
    (error) => error && !(isStatus(error, 412) && theirs),
  )
  return (
    <Page
      title={title}
      isWide
      actions={
        <>
          <SavedNote
            keptAt={keeping.keptAt}
            isRefused={keeping.isRefused}
            savedAt={saving.savedAt}
            isSaving={saving.isSaving}
          />
          {base && base.state !== 'draft' && <StateBadge state={base.state} />}
          {base && base.progress !== 'unscheduled' && <StateBadge state={base.progress} />}
          {base && (
            <Button size="small" onPress={() => setHistoryOpen(true)}>
              {t('compose.history')}
            </Button>
          )}
          {actions}
        </>
      }
    >
      {theirs && (
        <p className="flex flex-wrap items-center justify-between gap-2 rounded-control bg-warn-soft px-3 py-2 text-warn">
          {t('compose.collision')}
          <Button size="small" onPress={() => setLaterAt(null)}>
            {t('compose.compare')}
          </Button>
        </p>
      )}
      {base?.review?.decision === 'changes_requested' && base.review.comment && (
        <p dir="auto" className="rounded-control bg-warn-soft px-3 py-2 text-warn">
          {base.review.comment}
        </p>
      )}
      {!isOpenToChange && (
        <p className="rounded-control bg-sunken px-3 py-2">{t('compose.gone')}</p>
      )}
      {base && <PresenceIndicator kind="posts" id={base.id} written={draft} />}
      <Composer
        draft={draft}
        onChange={setDraft}
        uploads={uploads}
        checked={checked}
        actions={
          isOpenToChange && (
            <Finish
              base={base}
              draft={draft}
              needsApproval={needsApproval}
              channels={known}
              findings={checked?.findings}
              isUploading={uploads.isAny}
              isPending={finishing.isPending}
              error={problem}
              onFinish={() => (theirs ? setLaterAt(null) : onFinish())}
            />
          )
        }
      >
        {base && <PostPublications post={base} />}
      </Composer>
      <Suspense>
        {theirs && laterAt !== theirs.version && (
          <CollisionDialog
            base={base}
            theirs={theirs}
            yours={draft}
            onClose={() => setLaterAt(theirs.version)}
            onDecide={decide}
          />
        )}
        {base && isHistoryOpen && (
          <HistoryDialog
            postId={base.id}
            onClose={() => setHistoryOpen(false)}
            onRestore={(said) => {
              setDraft((now) => ({ ...now, ...said }))
              setHistoryOpen(false)
            }}
          />
        )}
      </Suspense>
    </Page>
  )
}
