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
import { useLanguage } from '../../language/use-language.tsx'
import { wallTimeAt } from '../../language/wall-time.ts'
import { type Draft, draftOf, emptyDraft, isEmpty, saysTheSame } from './draft.ts'
import { Editor } from './editor.tsx'
import { saidOf } from './finish.tsx'
import { forgetDraft, type Kept, keepDraft, keptDraft, placeOf } from './keep-draft.ts'
import { soon } from './soon.ts'
import { type Opening, useEditing } from './use-editing.ts'

const route = getRouteApi('/inside/compose')

/** A new post: what was typed here before and has not taken effect is back. */
export function ComposeScreen() {
  const { t, show, wanted } = useLanguage()
  const me = useMe()
  const { on } = route.useSearch()
  const queries = useQueryClient()
  const place = placeOf(me?.workspace.id ?? '', me?.member?.id ?? '', null)
  const [opening, setOpening] = useState<(Opening & { round: number }) | null>(null)
  const open = (kept: Kept | undefined, found: Post | null) =>
    setOpening((before) => ({
      kept,
      found,
      fresh: freshDraft(soon(wanted), wanted.zone, on),
      round: (before?.round ?? 0) + 1,
    }))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for this person and workspace
  useEffect(() => {
    const read = (id: string) =>
      queries.fetchQuery({ ...post(id), staleTime: 0, networkMode: 'always' })
    void comparedWithServer(keptDraft(place), read).then(({ kept, found }) => {
      if (kept && !isEmpty(kept.draft)) {
        toast(t('compose.restored', { when: show.distance(kept.at) }))
      }
      open(kept && on ? onDay(kept, on) : kept, found)
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
  /** Begins with nothing, or with what was thrown away. */
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
      toast(saidOf(made, sent, language))
      if (rest) {
        // More was typed meanwhile: it goes on there.
        const there = placeOf(me?.workspace.id ?? '', me?.member?.id ?? '', made.id)
        keepDraft(there, { draft: rest, base: made, making: null })
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

/** An hour from now, or at nine on the day that was chosen in the calendar. */
function freshDraft(local: string, zone: string, on: string | undefined): Draft {
  return emptyDraft(on && `${on}T09:00` > local ? `${on}T09:00` : local, zone)
}

const onDay = (kept: Kept, on: string): Kept => ({
  ...kept,
  draft: { ...kept.draft, when: 'at', local: `${on}${kept.draft.local.slice(10)}` },
})

const keptAnew = (draft: Draft): Kept => ({
  draft,
  base: null,
  making: null,
  at: new Date().toISOString(),
})

/** What became of it on the server since: it may be gone, or have taken effect on another device. */
async function comparedWithServer(
  kept: Kept | undefined,
  read: (id: string) => Promise<Post>,
): Promise<{ kept: Kept | undefined; found: Post | null }> {
  if (!kept?.base) return { kept, found: null }
  const { base, draft } = kept
  try {
    const found = await read(base.id)
    const isDone = found.schedule !== null && saysTheSame(draft, draftOf(found, draft))
    return isDone ? { kept: undefined, found: null } : { kept, found }
  } catch (error) {
    if (isStatus(error, 404)) return { kept: { ...kept, base: null, making: null }, found: null }
    return { kept, found: base }
  }
}
