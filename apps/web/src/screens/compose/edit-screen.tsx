import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { answerOf, client, ifMatch, once } from '../../api/client.ts'
import { isStatus } from '../../api/problem.ts'
import { approvalPolicy, post } from '../../api/queries.ts'
import type { Post } from '../../api/types.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Page } from '../../kit/page.tsx'
import { wordsOf } from '../../kit/say-problem.ts'
import { StateBadge } from '../../kit/state-badge.tsx'
import { Loaded } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.ts'
import { wallMoment, wallTimeOf } from '../../language/wall-time.ts'
import { CollisionDialog } from './collision-dialog.tsx'
import { Composer } from './composer.tsx'
import { type Draft, draftOf, saidIn, saysTheSame, scheduleIn } from './draft.ts'
import { useFindings } from './findings.tsx'
import { HistoryDialog } from './history-dialog.tsx'
import { forgetDraft, keptDraft, useKeepDraft } from './keep-draft.ts'
import { SavedNote } from './saved-note.tsx'

const route = getRouteApi('/inside/posts/$id')
const autosaveAfterMs = 2_000

/** A post that is there already. */
export function EditScreen() {
  const { t } = useLanguage()
  const { id } = route.useParams()
  const query = useQuery({ ...post(id), staleTime: 0 })
  return (
    <Loaded query={query} frame={(inside) => <Page title={t('compose.edit')}>{inside}</Page>}>
      {(found) => <Editor key={found.id} post={found} title={t('compose.edit')} />}
    </Loaded>
  )
}

function Editor({ post: found, title }: { post: Post; title: string }) {
  const { t, show, wanted } = useLanguage()
  const workspaceId = useMe()?.workspace.id ?? ''
  const queries = useQueryClient()
  const navigate = useNavigate()
  const needsApproval = useQuery(approvalPolicy).data?.approval === 'other_person'
  const fallback = {
    local: wallTimeOf(wallMoment(new Date(Date.now() + 3_600_000), wanted)),
    zone: wanted.zone,
  }
  /** What the editor began from; what the server has now may be newer. */
  const [base, setBase] = useState(found)
  const [draft, setDraft] = useState<Draft>(() => draftOf(found, fallback))
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<Post | null>(null)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const isChanged = !saysTheSame(draft, draftOf(base, fallback))
  const findings = useFindings(draft)
  const keptAt = useKeepDraft({
    workspaceId,
    postId: found.id,
    version: base.version,
    draft,
    isChanged,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the post is opened
  useEffect(() => {
    void keptDraft(workspaceId, found.id).then((kept) => {
      if (!kept || saysTheSame(kept.draft, draftOf(found, fallback))) return
      setDraft(kept.draft)
      toast(t('compose.restored', { when: show.distance(kept.at) }), {
        undo: () => setDraft(draftOf(found, fallback)),
      })
      // Begun from an older version: to be looked at side by side.
      if (kept.version !== null && kept.version < found.version) setTheirs(found)
    })
  }, [workspaceId, found.id])
  const keepSaved = (next: Post) => {
    setBase(next)
    setSavedAt(new Date().toISOString())
    void forgetDraft(workspaceId, next.id)
    queries.setQueryData(post(next.id).queryKey, next)
  }
  const params = (version: number) => ({ path: { id: found.id }, header: ifMatch(version) })
  const save = useMutation({
    mutationFn: async (version: number) => {
      const calling = client.PATCH('/v1/posts/{id}', {
        params: params(version),
        body: saidIn(draft),
      })
      return (await answerOf(calling)).post
    },
    onSuccess: keepSaved,
    onError: async (error) => {
      if (!isStatus(error, 412)) return
      setTheirs(await queries.fetchQuery({ ...post(found.id), staleTime: 0 }))
    },
  })
  const isDraft = base.state === 'draft' && base.schedule === null
  // A draft saves itself; what is scheduled changes only on somebody's word.
  useEffect(() => {
    if (!isDraft || !isChanged || theirs) return
    const timer = setTimeout(() => save.mutate(base.version), autosaveAfterMs)
    return () => clearTimeout(timer)
  }, [isDraft, isChanged, theirs, base.version, save.mutate])
  const finish = useMutation({
    mutationFn: async () => {
      const said = isChanged ? await save.mutateAsync(base.version) : base
      const schedule = scheduleIn(draft)
      if (!schedule) return said
      const header = once()
      const path = { id: said.id }
      const body = { schedule }
      const timed = await answerOf(
        client.POST('/v1/posts/{id}/schedule', { params: { path, header }, body }),
      )
      if (!needsApproval || timed.post.state === 'approved') return timed.post
      return answerOf(client.POST('/v1/posts/{id}/submit', { params: { path } }))
    },
    onSuccess: async (next) => {
      keepSaved(next)
      void queries.invalidateQueries({ queryKey: ['calendar'] })
      if (!next.schedule) return toast(t('compose.draftSaved'))
      toast(t('compose.scheduled', { when: show.when(next.schedule.dueAt) }))
      await navigate({ to: '/calendar', search: { on: next.schedule.local.slice(0, 10) } })
    },
  })
  const problem = finish.error ?? (isStatus(save.error, 412) ? null : save.error)
  return (
    <Page
      title={title}
      isWide
      actions={
        <>
          <SavedNote
            keptAt={isChanged ? keptAt : null}
            savedAt={savedAt}
            isSaving={save.isPending}
          />
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
      <Composer
        draft={draft}
        onChange={setDraft}
        findings={findings}
        actions={
          <>
            {problem && !isStatus(problem, 412) && (
              <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-sm text-bad">
                {wordsOf(problem)}
              </p>
            )}
            <Button
              look="primary"
              isPending={finish.isPending}
              isDisabled={draft.when !== 'draft' && draft.channelIds.length === 0}
              onPress={() => finish.mutate()}
            >
              <span className="grow text-center">
                {draft.when === 'draft'
                  ? t('app.save')
                  : needsApproval
                    ? t('compose.submit')
                    : t('compose.schedule')}
              </span>
            </Button>
          </>
        }
      />
      {theirs && (
        <CollisionDialog
          theirs={theirs}
          yours={draft}
          onClose={() => setTheirs(null)}
          onDecide={(next) => {
            setBase(theirs)
            setDraft(next)
            setTheirs(null)
            if (saysTheSame(next, draftOf(theirs, fallback)))
              void forgetDraft(workspaceId, found.id)
          }}
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
    </Page>
  )
}
