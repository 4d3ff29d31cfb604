import { del, get, set } from 'idb-keyval'
import { useEffect, useRef, useState } from 'react'
import type { Post } from '../../api/types.ts'
import type { Draft } from './draft.ts'
import type { Making } from './post-line.ts'

/** What was typed on this device and is not on the server yet. */
export interface Kept {
  draft: Draft
  at: string
  /** What it was begun from; null where the server had not heard of it. */
  base: Post | null
  /** Asked for, and not answered yet. */
  making: Making | null
}

const keepAfterMs = 500

/** Whose it is: nobody who logs in later on the same device finds it. */
export const placeOf = (workspaceId: string, memberId: string, postId: string | null) =>
  `draft:${workspaceId}:${memberId}:${postId ?? 'new'}`

/** Undefined also where this device keeps nothing. */
export const keptDraft = (place: string): Promise<Kept | undefined> =>
  get<Kept>(place).catch(() => undefined)

export const keepDraft = (place: string, kept: Omit<Kept, 'at'>): Promise<string> => {
  const at = new Date().toISOString()
  return set(place, { ...kept, at } satisfies Kept).then(() => at)
}

export const forgetDraft = (place: string): Promise<void> => del(place).catch(() => undefined)

interface Keeping extends Omit<Kept, 'at'> {
  place: string
  /** Nothing is kept of what the server has already. */
  isNeeded: boolean
}

/**
 * Keeps what is typed on this device, half a second after the last key and whenever the page or the screen is left.
 * Answers when it was kept, or that it cannot be.
 */
export function useKeepDraft({ place, draft, base, making, isNeeded }: Keeping) {
  const [keptAt, setKeptAt] = useState<string | null>(null)
  const [isRefused, setRefused] = useState(false)
  const waiting = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (!isNeeded) {
      waiting.current = null
      void forgetDraft(place)
      return
    }
    const keep = () => {
      waiting.current = null
      keepDraft(place, { draft, base, making }).then(
        (at) => {
          setKeptAt(at)
          setRefused(false)
        },
        () => setRefused(true),
      )
    }
    waiting.current = keep
    const timer = setTimeout(keep, keepAfterMs)
    return () => clearTimeout(timer)
  }, [place, draft, base, making, isNeeded])
  useEffect(() => {
    const leave = () => waiting.current?.()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
  return {
    keptAt,
    isRefused,
    forget: () => {
      waiting.current = null
      return forgetDraft(place)
    },
  }
}
