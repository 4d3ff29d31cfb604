import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { joinFeed } from './feed/join-feed.ts'
import type { FeedSays } from './feed/messages.ts'
import { readerOf } from './feed/reader.ts'

type Connection = 'live' | 'unreachable'
let connection: Connection = 'live'
const listeners = new Set<() => void>()

function become(next: Connection): void {
  if (connection === next) return
  connection = next
  for (const listener of listeners) listener()
}

/** Whether the server is there. */
export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => connection,
  )

/** Refetches what has changed, as the stream shared by all tabs tells. Returns how to stop. */
export function followEvents(queries: QueryClient): () => void {
  const reader = readerOf(queries)
  const stopping = new AbortController()
  let hasMissed = false

  const hear = (said: FeedSays) => {
    if (said.what === 'live' || said.what === 'unreachable') become(said.what)
    // The session may have ended: refetching `me` finds out.
    else if (said.what === 'refused') void queries.refetchQueries({ queryKey: ['me'] })
    // A hidden page refetches when it becomes visible.
    else if (document.hidden) hasMissed = true
    else if (said.what === 'changed') reader.read(said.keys)
    else readAll()
  }
  const readAll = () => {
    hasMissed = false
    void queries.invalidateQueries()
  }
  let leave = joinFeed(hear)
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    leave = joinFeed(hear)
    readAll()
  }
  document.addEventListener('visibilitychange', () => hasMissed && readAll(), stopping)
  addEventListener('pagehide', () => leave(), stopping)
  addEventListener('pageshow', comeBack, stopping)
  return () => {
    stopping.abort()
    leave()
    reader.stop()
  }
}
