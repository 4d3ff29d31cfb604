import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isStatus } from '../../../api/problem.ts'
import { channels, post } from '../../../api/queries.ts'
import type { Post } from '../../../api/types.ts'
import {
  type Draft,
  draftOf,
  hasSameContent,
  isEmpty,
  isTheSame,
  withChannels,
} from '../draft/draft.ts'
import { type SavedDraft, saveDraft, useSaveDraft } from '../draft/save-draft.ts'
import { type Edited, rebase } from './differences.ts'
import { postServer } from './post-server.ts'
import { type PendingCreate, PostSync } from './post-sync.ts'
import { useAutosave } from './use-autosave.ts'

/** The state that an editor begins with. */
export interface Opening {
  /** The post on the server; null where it has none. */
  found: Post | null
  kept: SavedDraft | undefined
  fresh: Draft
}

interface State extends Edited {
  pendingCreate: PendingCreate | null
  /** The post has taken effect, or was discarded: the local copy is removed. */
  isOver: boolean
}

interface Editing {
  opening: Opening
  /** The key of the local draft. */
  place: string
  /** True for `/compose`: keep the local draft even when the server has everything, so reopening finds the same post. */
  isNew: boolean
  onFinished: (finished: Finished) => unknown
}

/** The result of a finish that took effect. */
interface Finished {
  made: Post
  /** The draft when it was sent. */
  sent: Draft
  /** The draft in the editor, if more was typed meanwhile. */
  rest: Draft | null
}

/**
 * A post in the editor: kept on the device as it is typed, saved by itself while it is a draft, and put before a
 * person when somebody else has changed it meanwhile.
 */
export function useEditing({ opening, place, isNew, onFinished }: Editing) {
  const queries = useQueryClient()
  const known = useQuery(channels).data
  const [{ base, draft, theirs, pendingCreate, isOver }, change, latest] = useHeld(() =>
    begin(opening),
  )
  const knownNow = useRef(known)
  knownNow.current = known

  const isChanged = base ? !isTheSame(draft, draftOf(base, draft)) : !isEmpty(draft)
  const isNeeded = !isOver && (isChanged || pendingCreate !== null || (isNew && base !== null))
  const keeping = useSaveDraft({ place, draft, base, pendingCreate, isNeeded })

  const [line] = useState(
    () =>
      new PostSync(postServer, {
        now: () => {
          const { draft: whole, ...held } = latest.current
          return { ...held, draft: withChannels(whole, knownNow.current) }
        },
        note: (noted) => {
          change((now) => ({ ...now, ...noted }))
          if (noted.base) queries.setQueryData(post(noted.base.id).queryKey, noted.base)
          if (noted.pendingCreate) saveDraft(place, latest.current)
        },
      }),
  )

  /** On a version conflict, rebases and tries again if only others have changed the post; else a person decides. */
  const carryOut = useCallback(
    async (work: () => Promise<Post>): Promise<Post> => {
      try {
        return await work()
      } catch (error) {
        const { base: before } = latest.current
        if (!before || !isStatus(error, 412)) throw error
        const newer = await queries.fetchQuery({ ...post(before.id), staleTime: 0 })
        change((now) => ({ ...now, ...rebase(now, newer) }))
        if (latest.current.theirs) throw error
        return work()
      }
    },
    [change, latest, queries],
  )

  const finishing = useMutation({
    networkMode: 'always',
    mutationFn: async ({ isAgain = false }: { isAgain?: boolean }) => {
      const sent = latest.current.draft
      const made = await (isAgain ? line.finish() : carryOut(() => line.finish()))
      const now = latest.current.draft
      const isAll = hasSameContent(now, sent)
      const { when, local, zone } = draftOf(made, sent)
      const rest = isAll ? draftOf(made, sent) : { ...now, when, local, zone }
      change((held) => ({ ...held, draft: rest, isOver: isAll }))
      if (isAll) keeping.forget()
      return { made, sent, rest: isAll ? null : rest }
    },
    onSuccess: onFinished,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['calendar'] })
      void queries.invalidateQueries({ queryKey: ['posts'] })
      void queries.invalidateQueries({ queryKey: ['publications'] })
    },
  })

  const contentChanged = base ? !hasSameContent(draft, draftOf(base, draft)) : !isEmpty(draft)
  const isDraft = base === null || (base.state === 'draft' && base.schedule === null)
  const saving = useAutosave({
    save: useCallback(() => carryOut(() => line.save()), [carryOut, line]),
    draft,
    isWanted: contentChanged && isDraft && !theirs && !isOver && !finishing.isPending,
  })

  // Changes by others; our own saves are ignored while they are under way.
  const { data: newest } = useQuery({ ...post(base?.id ?? ''), enabled: base !== null })
  const isBusy = saving.isSaving || finishing.isPending
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the server has a newer version
  useEffect(() => {
    const { base: before, theirs: asked } = latest.current
    if (isBusy || asked || !newest || !before || newest.version <= before.version) return
    const { error } = finishing
    if (error && !isStatus(error, 412)) {
      // The newer version may be our own finish whose answer was lost: a repeat under its key gets that answer.
      finishing.mutate({ isAgain: true })
      return
    }
    change((now) => ({ ...now, ...rebase(now, newest) }))
  }, [newest?.version, isBusy])

  return {
    base,
    draft,
    setDraft: useCallback(
      (next: Draft | ((now: Draft) => Draft)) =>
        change((now) => ({
          ...now,
          isOver: false,
          draft: typeof next === 'function' ? next(now.draft) : next,
        })),
      [change],
    ),
    /** A person's decision between two versions. */
    decide: (next: Draft) =>
      change((now) => ({ ...now, base: now.theirs, draft: next, theirs: null })),
    theirs,
    keeping: { ...keeping, keptAt: isChanged ? keeping.keptAt : null },
    saving,
    finish: () => finishing.mutate({}),
    finishing,
    /** Discards the post here and on the server. */
    discard: async () => {
      change((now) => ({ ...now, isOver: true }))
      keeping.forget()
      await line.discard()
    },
    /** Leaves the post among the drafts. */
    leave: async () => {
      if (contentChanged) await carryOut(() => line.save())
      change((now) => ({ ...now, isOver: true }))
      keeping.forget()
    },
  }
}

export type EditingPost = ReturnType<typeof useEditing>

function begin({ found, kept, fresh }: Opening): State {
  const rest = { pendingCreate: kept?.pendingCreate ?? null, isOver: false }
  if (!kept) {
    const draft = found ? draftOf(found, fresh) : fresh
    return { base: found, draft, theirs: null, ...rest }
  }
  const edited = { base: kept.base && found, draft: kept.draft, theirs: null }
  if (!found || !kept.base || found.version === kept.base.version) return { ...edited, ...rest }
  return { ...rebase({ ...edited, base: kept.base }, found), ...rest }
}

/** A state whose latest value callbacks can read. */
function useHeld<T>(first: () => T) {
  const [value, setValue] = useState(first)
  const latest = useRef(value)
  const change = useCallback((next: (now: T) => T) => {
    latest.current = next(latest.current)
    setValue(latest.current)
  }, [])
  return [value, change, latest] as const
}
