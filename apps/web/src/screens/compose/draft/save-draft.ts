import { useEffect, useRef, useState } from 'react'
import type { Post } from '../../../api/types.ts'
import type { PendingCreate } from '../sync/post-sync.ts'
import type { Draft } from './draft.ts'

/** What was typed on this device and is not on the server yet. */
export interface SavedDraft {
  draft: Draft
  at: string
  /** The post that the draft was begun from; null while the server has none. */
  base: Post | null
  /** The request that creates the post, sent and not answered yet. */
  pendingCreate: PendingCreate | null
}

const keepAfterMs = 500

/** The storage key, by workspace and member: nobody who logs in later on the same device finds the draft. */
export const placeOf = (workspaceId: string, memberId: string, postId: string | null) =>
  `hamava.draft.${workspaceId}.${memberId}.${postId ?? 'new'}`

/** Undefined also where this device has no storage. */
export function savedDraft(place: string): SavedDraft | undefined {
  try {
    const kept = localStorage.getItem(place)
    if (kept === null) return undefined
    const { draft, ...saved } = JSON.parse(kept) as SavedDraft
    // Saved by an older version of the app, which knew no extras.
    return { ...saved, draft: { ...draft, extras: draft.extras ?? {} } }
  } catch {
    return undefined
  }
}

/** Returns when it was saved; null where this device has no storage, or no room. */
export function saveDraft(
  place: string,
  { draft, base, pendingCreate }: Omit<SavedDraft, 'at'>,
): string | null {
  const at = new Date().toISOString()
  try {
    localStorage.setItem(
      place,
      JSON.stringify({ draft, base, pendingCreate, at } satisfies SavedDraft),
    )
    return at
  } catch {
    return null
  }
}

export function forgetDraft(place: string): void {
  try {
    localStorage.removeItem(place)
  } catch {
    // Without storage, there is nothing to forget.
  }
}

interface Keeping extends Omit<SavedDraft, 'at'> {
  place: string
  /** False where the server has everything: the local copy is removed. */
  isNeeded: boolean
}

/**
 * Saves what is typed on this device, half a second after the last key, and whenever the page or the screen is left:
 * then synchronously, as a closing page waits for nothing. Returns when it was saved, or that it cannot be.
 */
export function useSaveDraft({ place, draft, base, pendingCreate, isNeeded }: Keeping) {
  const [keptAt, setKeptAt] = useState<string | null>(null)
  const [isRefused, setRefused] = useState(false)
  const waiting = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (!isNeeded) {
      waiting.current = null
      forgetDraft(place)
      return
    }
    const keep = () => {
      waiting.current = null
      const at = saveDraft(place, { draft, base, pendingCreate })
      if (at) setKeptAt(at)
      setRefused(at === null)
    }
    waiting.current = keep
    const timer = setTimeout(keep, keepAfterMs)
    return () => clearTimeout(timer)
  }, [place, draft, base, pendingCreate, isNeeded])
  useEffect(() => {
    const leave = () => waiting.current?.()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
  const forget = () => {
    waiting.current = null
    forgetDraft(place)
  }
  return { keptAt, isRefused, forget }
}
