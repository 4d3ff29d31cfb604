import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { answerOf, client, once } from '../../api/client.ts'
import { approvalPolicy } from '../../api/queries.ts'
import type { Post } from '../../api/types.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Page } from '../../kit/page.tsx'
import { Refusal } from '../../kit/refusal.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { wallMoment, wallTimeOf } from '../../language/wall-time.ts'
import { Composer } from './composer.tsx'
import { type Draft, emptyDraft, isEmpty, saidIn, scheduleIn } from './draft.ts'
import { useFindings } from './findings.tsx'
import { forgetDraft, keptDraft, useKeepDraft } from './keep-draft.ts'
import { SavedNote } from './saved-note.tsx'

const route = getRouteApi('/inside/compose')

/** A new post: what was typed here before and not sent is back. */
export function ComposeScreen() {
  const { t, show, wanted } = useLanguage()
  const workspaceId = useMe()?.workspace.id ?? ''
  const { on } = route.useSearch()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => freshDraft(wanted, on))
  const [isRead, setRead] = useState(false)
  const findings = useFindings(draft)
  const needsApproval = useQuery(approvalPolicy).data?.approval === 'other_person'
  const keptAt = useKeepDraft({
    workspaceId,
    postId: null,
    version: null,
    draft,
    isChanged: isRead,
  })
  const discard = () => {
    void forgetDraft(workspaceId, null)
    setDraft(freshDraft(wanted, on))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for this workspace
  useEffect(() => {
    void keptDraft(workspaceId, null).then((kept) => {
      if (kept) {
        setDraft(kept.draft)
        toast(t('compose.restored', { when: show.distance(kept.at) }))
      }
      setRead(true)
    })
  }, [workspaceId])
  const send = useMutation({
    mutationFn: async (): Promise<Post> => {
      const body = { ...saidIn(draft), schedule: scheduleIn(draft) }
      const header = once()
      const made = await answerOf(client.POST('/v1/posts', { params: { header }, body }))
      if (!needsApproval || draft.when === 'draft' || made.state !== 'draft') return made
      return answerOf(client.POST('/v1/posts/{id}/submit', { params: { path: { id: made.id } } }))
    },
    onSuccess: async (made) => {
      await forgetDraft(workspaceId, null)
      toast(saidOf(made))
      void queries.invalidateQueries({ queryKey: ['calendar'] })
      void queries.invalidateQueries({ queryKey: ['posts'] })
      await (draft.when === 'draft'
        ? navigate({ to: '/posts/$id', params: { id: made.id } })
        : navigate({ to: '/calendar', search: { on: made.schedule?.local.slice(0, 10) } }))
    },
  })
  const saidOf = (made: Post) => {
    if (made.state === 'in_review') return t('compose.submitted')
    if (!made.schedule) return t('compose.draftSaved')
    if (draft.when === 'now') return t('compose.sent')
    return t('compose.scheduled', { when: show.when(made.schedule.dueAt) })
  }
  const isBlocked =
    isEmpty(draft) ||
    (draft.when !== 'draft' &&
      (draft.channelIds.length === 0 || findings?.some(({ level }) => level === 'blocks') === true))
  return (
    <Page
      title={t('compose.title')}
      isWide
      actions={
        !isEmpty(draft) && (
          <>
            <SavedNote keptAt={keptAt} />
            <Button look="quiet" size="small" onPress={discard}>
              {t('compose.discard')}
            </Button>
          </>
        )
      }
    >
      <Composer
        draft={draft}
        onChange={setDraft}
        findings={findings}
        actions={
          <>
            <Refusal error={send.error} />
            <Button
              look="primary"
              isDisabled={isBlocked}
              isPending={send.isPending}
              onPress={() => send.mutate()}
            >
              <span className="grow text-center">{verbOf(draft, needsApproval, t)}</span>
            </Button>
          </>
        }
      />
    </Page>
  )
}

type Translate = ReturnType<typeof useLanguage>['t']

function verbOf({ when }: Draft, needsApproval: boolean, t: Translate): string {
  if (when === 'draft') return t('compose.saveDraft')
  if (needsApproval) return t('compose.submit')
  return when === 'now' ? t('compose.publishNow') : t('compose.schedule')
}

/** An hour from now, or at nine on the day that was chosen in the calendar. */
function freshDraft(wanted: Parameters<typeof wallMoment>[1], on: string | undefined): Draft {
  const soon = wallTimeOf(wallMoment(new Date(Date.now() + 3_600_000), wanted))
  const local = on && `${on}T09:00` > soon ? `${on}T09:00` : soon
  return emptyDraft(local, wanted.zone)
}
