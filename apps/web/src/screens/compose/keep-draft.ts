import { del, get, set } from 'idb-keyval'
import { useEffect, useState } from 'react'
import { type Draft, isEmpty } from './draft.ts'

interface Kept {
  draft: Draft
  at: string
  /** The version of the post that it was begun from. */
  version: number | null
}

const keepAfterMs = 500

const placeOf = (workspaceId: string, postId: string | null) =>
  `draft:${workspaceId}:${postId ?? 'new'}`

/** What was typed here and never sent, from before this page was opened. */
export const keptDraft = (workspaceId: string, postId: string | null): Promise<Kept | undefined> =>
  get<Kept>(placeOf(workspaceId, postId))

export const forgetDraft = (workspaceId: string, postId: string | null): Promise<void> =>
  del(placeOf(workspaceId, postId))

interface Keeping {
  workspaceId: string
  postId: string | null
  version: number | null
  draft: Draft
  /** Nothing is kept of what the server has already. */
  isChanged: boolean
}

/** Keeps what is typed on this device, half a second after the last key and whenever the page goes away. */
export function useKeepDraft({ workspaceId, postId, version, draft, isChanged }: Keeping) {
  const [keptAt, setKeptAt] = useState<string | null>(null)
  useEffect(() => {
    if (!isChanged || isEmpty(draft)) return
    const keep = () => {
      const at = new Date().toISOString()
      void set(placeOf(workspaceId, postId), { draft, at, version } satisfies Kept)
      setKeptAt(at)
    }
    const timer = setTimeout(keep, keepAfterMs)
    addEventListener('pagehide', keep)
    return () => {
      clearTimeout(timer)
      removeEventListener('pagehide', keep)
    }
  }, [workspaceId, postId, version, draft, isChanged])
  return keptAt
}
