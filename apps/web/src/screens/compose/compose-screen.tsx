import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { isStatus } from '../../api/problem.ts'
import { post } from '../../api/queries.ts'
import type { Post } from '../../api/types.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Page } from '../../kit/page.tsx'
import { sayProblem } from '../../kit/say-problem.ts'
import { Skeleton } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
import type { Preferences } from '../../language/preferences.ts'
import { soon } from '../../language/soon.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { wallTimeAt } from '../../language/wall-time.ts'
import { type Draft, draftOf, emptyDraft, hasSameContent, isEmpty } from './draft/draft.ts'
import { forgetDraft, placeOf, type SavedDraft, saveDraft, savedDraft } from './draft/save-draft.ts'
import { Editor } from './editor.tsx'
import { finishedMessageOf } from './finish.tsx'
import { type Opening, useEditing } from './sync/use-editing.ts'

const route = getRouteApi('/inside/compose')

/** A new post; starts with the local draft, if one has not taken effect yet. */
export function ComposeScreen() {
  const { t, show, wanted } = useLanguage()
  const me = useMe()
  const { on, zone = wanted.zone } = route.useSearch()
  const queries = useQueryClient()
  const place = placeOf(me?.workspace.id ?? '', me?.member?.id ?? '', null)
  const [opening, setOpening] = useState<(Opening & { round: number }) | null>(null)
  const open = (kept: SavedDraft | undefined, found: Post | null) =>
    setOpening((before) => ({
      kept,
      found,
      fresh: freshDraft({ ...wanted, zone }, on),
      round: (before?.round ?? 0) + 1,
    }))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for this person and workspace
  useEffect(() => {
    const read = (id: string) =>
      queries.fetchQuery({ ...post(id), staleTime: 0, networkMode: 'always' })
    void comparedWithServer(savedDraft(place), read).then(({ kept, found }) => {
      if (kept && !isEmpty(kept.draft)) {
        toast(t('compose.restored', { when: show.distance(kept.at) }))
      }
      open(kept && on ? movedTo(kept, on, zone) : kept, found)
    })
  }, [place])
  if (!opening) {
    return (
      <Page title={t('compose.title')} isWide>
        <Skeleton />
      </Page>
    )
  }
  return (
    <NewPost
      key={opening.round}
      opening={opening}
      place={place}
      onBegin={(draft) => open(draft && keptAnew(draft), null)}
    />
  )
}

interface NewPostProps {
  opening: Opening
  place: string
  /** Begins again: with an empty draft, or with the discarded one on undo. */
  onBegin: (draft?: Draft) => void
}

function NewPost({ opening, place, onBegin }: NewPostProps) {
  const language = useLanguage()
  const { t, wanted } = language
  const me = useMe()
  const navigate = useNavigate()
  const editing = useEditing({
    opening,
    place,
    isNew: true,
    onFinished: async ({ made, sent, rest }) => {
      toast(finishedMessageOf(made, sent, language))
      if (rest) {
        // More was typed while the post was sent: the rest goes on at the address of the post.
        const there = placeOf(me?.workspace.id ?? '', me?.member?.id ?? '', made.id)
        saveDraft(there, { draft: rest, base: made, pendingCreate: null })
        forgetDraft(place)
      }
      const { schedule } = made
      await (rest || !schedule
        ? navigate({ to: '/posts/$id', params: { id: made.id } })
        : navigate({
            to: '/calendar',
            search: { on: wallTimeAt(schedule.dueAt, wanted.zone).slice(0, 10) },
          }))
    },
  })
  const { base, draft } = editing

  const discard = () => {
    onBegin()
    toast(t('compose.discarded'), { undo: () => onBegin(draft) })
    editing.discard().catch(sayProblem)
  }
  const another = () =>
    editing.leave().then(() => {
      onBegin()
      toast(t('compose.leftAsDraft'))
    }, sayProblem)
  return (
    <Editor
      title={t('compose.title')}
      editing={editing}
      onFinish={editing.finish}
      actions={
        (base !== null || !isEmpty(draft)) && (
          <>
            {base && (
              <Button look="quiet" size="small" onPress={() => void another()}>
                {t('compose.another')}
              </Button>
            )}
            <Button look="quiet" size="small" onPress={discard}>
              {t('compose.discard')}
            </Button>
          </>
        )
      }
    />
  )
}

/** At the time chosen in the calendar, or nine on the chosen day; if that is past, an hour from now. */
function freshDraft(wanted: Preferences, on: string | undefined): Draft {
  const now = wallTimeAt(new Date().toISOString(), wanted.zone)
  const chosen = on && (isDay(on) ? `${on}T09:00` : on)
  return emptyDraft(chosen && chosen > now ? chosen : soon(wanted), wanted.zone)
}

const isDay = (on: string): boolean => !on.includes('T')

/** Moves a draft to the chosen time; on a chosen day it keeps its own time of day. */
const movedTo = ({ draft, ...kept }: SavedDraft, on: string, zone: string): SavedDraft => ({
  ...kept,
  draft: isDay(on)
    ? { ...draft, when: 'at', local: `${on}${draft.local.slice(10)}` }
    : { ...draft, when: 'at', local: on, zone },
})

const keptAnew = (draft: Draft): SavedDraft => ({
  draft,
  base: null,
  pendingCreate: null,
  at: new Date().toISOString(),
})

/** Compares a local draft with the server: the post may be gone, or have taken effect on another device. */
async function comparedWithServer(
  kept: SavedDraft | undefined,
  read: (id: string) => Promise<Post>,
): Promise<{ kept: SavedDraft | undefined; found: Post | null }> {
  if (!kept?.base) return { kept, found: null }
  const { base, draft } = kept
  try {
    const found = await read(base.id)
    const isDone = found.schedule !== null && hasSameContent(draft, draftOf(found, draft))
    return isDone ? { kept: undefined, found: null } : { kept, found }
  } catch (error) {
    if (isStatus(error, 404))
      return { kept: { ...kept, base: null, pendingCreate: null }, found: null }
    return { kept, found: base }
  }
}
