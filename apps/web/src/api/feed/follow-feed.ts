import type { QueryClient } from '@tanstack/react-query'
import { affected } from './affected.ts'
import { joinFeed } from './join-feed.ts'
import { type FeedSays, hiddenMs } from './messages.ts'
import { readerOf } from './reader.ts'

export type Connection = 'live' | 'unreachable'

/** Reads again what has changed, as the stream that all tabs share says so. */
export function followFeed(
  queries: QueryClient,
  become: (connection: Connection) => void,
  stopping: AbortSignal,
): void {
  if (stopping.aborted) return
  const options = { signal: stopping }
  const reader = readerOf(queries)
  let isResting = false
  let hasMissed = false
  let hiding: ReturnType<typeof setTimeout> | undefined

  const readAll = () => {
    hasMissed = isResting
    if (!isResting) void queries.invalidateQueries()
  }
  const hear = (said: FeedSays) => {
    if (said.what === 'live' || said.what === 'unreachable') become(said.what)
    // It may have been the end of the session: who is here knows.
    else if (said.what === 'refused') void queries.refetchQueries({ queryKey: ['me'] })
    else if (said.what === 'read all') readAll()
    else if (said.what === 'happened' && isResting) hasMissed = true
    else if (said.what === 'happened') reader.read(affected[said.type] ?? [])
  }
  let leave = joinFeed(hear)
  const look = () => {
    clearTimeout(hiding)
    if (document.hidden) {
      hiding = setTimeout(() => {
        isResting = true
      }, hiddenMs)
      return
    }
    isResting = false
    if (hasMissed) readAll()
  }
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    leave = joinFeed(hear)
    readAll()
  }
  document.addEventListener('visibilitychange', look, options)
  addEventListener('pagehide', () => leave(), options)
  addEventListener('pageshow', comeBack, options)
  stopping.addEventListener('abort', () => {
    clearTimeout(hiding)
    leave()
    reader.stop()
  })
}
