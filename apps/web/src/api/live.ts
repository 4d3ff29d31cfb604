import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { Connection } from './feed/follow-feed.ts'

const tryAgainMs = 5_000
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

/** Follows the feed of the workspace, together with all other tabs. Answers how to stop. */
export function followEvents(queries: QueryClient): () => void {
  const stopping = new AbortController()
  const begin = (): unknown =>
    import('./feed/follow-feed.ts').then(
      ({ followFeed }) => followFeed(queries, become, stopping.signal),
      () => !stopping.signal.aborted && setTimeout(begin, tryAgainMs),
    )
  begin()
  return () => stopping.abort()
}
