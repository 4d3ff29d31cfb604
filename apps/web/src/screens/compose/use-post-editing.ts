import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answerOf, client, ifMatch, once } from '../../api/client.ts'
import { isStatus } from '../../api/problem.ts'
import { post } from '../../api/queries.ts'
import type { Post } from '../../api/types.ts'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { wallMoment, wallTimeOf } from '../../language/wall-time.ts'
import { type Draft, draftOf, saidIn, saysTheSame, scheduleIn } from './draft.ts'
import { forgetDraft, keptDraft, useKeepDraft } from './keep-draft.ts'

const autosaveAfterMs = 2_000

interface Editing {
  /** As the server has it by now. */
  found: Post
  workspaceId: string
  /** Whether it goes out only after somebody else's word. */
  needsApproval: boolean
}

/**
 * A post in the editor: kept on the device as it is typed, saved by itself while it is a draft, and put
 * before a person when somebody else has changed it meanwhile.
 */
export function usePostEditing({ found, workspaceId, needsApproval }: Editing) {
  const { t, show, wanted } = useLanguage()
  const queries = useQueryClient()
  const fallback = {
    local: wallTimeOf(wallMoment(new Date(Date.now() + 3_600_000), wanted)),
    zone: wanted.zone,
  }
  /** What the editor began from; what the server has may be newer. */
  const [base, setBase] = useState(found)
  const [draft, setDraft] = useState<Draft>(() => draftOf(found, fallback))
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<Post | null>(null)
  const postId = found.id
  const isChanged = !saysTheSame(draft, draftOf(base, fallback))
  const keptAt = useKeepDraft({ workspaceId, postId, version: base.version, draft, isChanged })

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the post is opened
  useEffect(() => {
    void keptDraft(workspaceId, postId).then((kept) => {
      if (!kept || saysTheSame(kept.draft, draftOf(found, fallback))) return
      setDraft(kept.draft)
      toast(t('compose.restored', { when: show.distance(kept.at) }), {
        undo: () => setDraft(draftOf(found, fallback)),
      })
      // Begun from an older version: to be looked at side by side.
      if (kept.version !== null && kept.version < found.version) setTheirs(found)
    })
  }, [workspaceId, postId])

  const keepSaved = (next: Post) => {
    setBase(next)
    setSavedAt(new Date().toISOString())
    void forgetDraft(workspaceId, postId)
    queries.setQueryData(post(postId).queryKey, next)
  }
  const sayTooLate = (tooLate: { state: Post['publications'][number]['state'] }[]) => {
    for (const { state } of tooLate.slice(0, 1)) {
      toast(t('calendar.tooLate', { state: t(`state.${state}`) }), { tone: 'bad' })
    }
  }
  const path = { id: postId }

  const save = useMutation({
    mutationFn: async (version: number) => {
      const params = { path, header: ifMatch(version) }
      const calling = client.PATCH('/v1/posts/{id}', { params, body: saidIn(draft) })
      const { post: next, tooLate } = await answerOf(calling)
      sayTooLate(tooLate)
      return next
    },
    onSuccess: keepSaved,
    onError: async (error) => {
      if (!isStatus(error, 412)) return
      setTheirs(await queries.fetchQuery({ ...post(postId), staleTime: 0 }))
    },
  })

  // What others wrote meanwhile is taken over, unless something was typed here: then a person decides.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the server has a newer version
  useEffect(() => {
    if (found.version <= base.version || isChanged || save.isPending) return
    setBase(found)
    setDraft(draftOf(found, fallback))
  }, [found.version])

  // A draft saves itself; what is scheduled changes only on somebody's word.
  const savesItself = base.state === 'draft' && base.schedule === null && isChanged && !theirs
  // biome-ignore lint/correctness/useExhaustiveDependencies: each key begins the waiting anew
  useEffect(() => {
    if (!savesItself) return
    const timer = setTimeout(() => save.mutate(base.version), autosaveAfterMs)
    return () => clearTimeout(timer)
  }, [savesItself, draft, base.version, save.mutate])

  const finish = useMutation({
    mutationFn: async (): Promise<Post> => {
      const said = isChanged ? await save.mutateAsync(base.version) : base
      const schedule = scheduleIn(draft)
      if (!schedule && !said.schedule) return said
      const { post: next, tooLate } = await answerOf(
        schedule
          ? client.POST('/v1/posts/{id}/schedule', {
              params: { path, header: once() },
              body: { schedule },
            })
          : client.POST('/v1/posts/{id}/cancel', { params: { path } }),
      )
      sayTooLate(tooLate)
      if (!schedule || !needsApproval || next.state !== 'draft') return next
      return answerOf(client.POST('/v1/posts/{id}/submit', { params: { path } }))
    },
    onSuccess: (next) => {
      keepSaved(next)
      void queries.invalidateQueries({ queryKey: ['calendar'] })
    },
  })

  /** A person's word on two versions. */
  const decide = (next: Draft) => {
    if (!theirs) return
    setBase(theirs)
    setDraft(next)
    setTheirs(null)
    if (saysTheSame(next, draftOf(theirs, fallback))) void forgetDraft(workspaceId, postId)
  }
  return {
    base,
    draft,
    setDraft,
    keptAt: isChanged ? keptAt : null,
    savedAt,
    isSaving: save.isPending,
    theirs,
    decide,
    decideLater: () => setTheirs(null),
    finish,
    problem: [finish.error, save.error].find((error) => error && !isStatus(error, 412)) ?? null,
  }
}
