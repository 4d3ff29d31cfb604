import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { EventType } from './types.ts'

/** What has to be read again when something of a kind has changed; every kind of the feed, so that none is forgotten. */
const affected: Record<EventType, QueryKey[]> = {
  'content.post.changed.v1': [['posts'], ['calendar'], ['publications']],
  'content.asset.changed.v1': [['assets']],
  'content.policy.changed.v1': [['approval-policy']],
  'publishing.publication.changed.v1': [['publications'], ['calendar'], ['posts']],
  'publishing.publication.stuck.v1': [['publications']],
  'content.publication.missing.v1': [['publications']],
  'publishing.channel.changed.v1': [['channels'], ['publications']],
  'publishing.hold.changed.v1': [['holds'], ['publications']],
  'publishing.policy.changed.v1': [['late-policy']],
  'listening.conversation.changed.v1': [['conversations']],
}

/** A burst of events is one reading. */
const gatherMs = 400
/** A connection that breaks for a moment is nobody's business. */
const patienceMs = 2_000
/** A page that nobody looks at for so long leaves its connection to others: a browser has only few to a server. */
const hiddenMs = 10_000
/** How long it waits until it tries again, after each failure; then always the last. */
const pausesMs = [1_000, 2_000, 5_000, 10_000, 30_000]

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

/** Follows the feed of the workspace. Answers how to stop. */
export function followEvents(queries: QueryClient): () => void {
  const reader = readerOf(queries)
  const stopping = new AbortController()
  let feed: EventSource | undefined
  let failures = 0
  let wasAway = false
  let doubting: ReturnType<typeof setTimeout> | undefined
  let opening: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined

  const open = () => {
    clearTimeout(opening)
    feed = new EventSource('/v1/events')
    feed.onopen = () => {
      failures = 0
      clearTimeout(doubting)
      doubting = undefined
      become('live')
      // What happened meanwhile was told to nobody.
      if (wasAway) void queries.invalidateQueries()
      wasAway = false
    }
    feed.onerror = () => {
      wasAway = true
      doubting ??= setTimeout(() => become('unreachable'), patienceMs)
      // A browser resumes what was cut off, but gives up for good where the answer was a refusal.
      if (feed?.readyState !== EventSource.CLOSED) return
      opening = setTimeout(open, pausesMs[failures] ?? pausesMs.at(-1))
      failures += 1
      // It may have been the end of the session: who is here knows.
      void queries.refetchQueries({ queryKey: ['me'] })
    }
    for (const [type, keys] of Object.entries(affected)) {
      if (keys.length > 0) feed.addEventListener(type, () => reader.read(keys))
    }
  }
  const rest = () => {
    feed?.close()
    feed = undefined
    clearTimeout(opening)
    clearTimeout(doubting)
    doubting = undefined
    wasAway = true
  }
  const look = () => {
    clearTimeout(hiding)
    if (document.hidden) hiding = setTimeout(rest, hiddenMs)
    else if (!feed) open()
  }
  const comeBack = () => {
    if (!feed || feed.readyState === EventSource.CLOSED) open()
  }
  document.addEventListener('visibilitychange', look, stopping)
  addEventListener('online', comeBack, stopping)
  open()
  return () => {
    stopping.abort()
    clearTimeout(hiding)
    rest()
    reader.stop()
  }
}

/**
 * Reads again what has changed, one reading at a time: one that is under way is let come to its end and is followed by
 * another, as events that come oftener than answers would otherwise cancel every reading.
 */
function readerOf(queries: QueryClient) {
  const stale = new Map<string, QueryKey>()
  let gathering: ReturnType<typeof setTimeout> | undefined
  let isReading = false
  const again = async (queryKey: QueryKey) => {
    const isOld = queries.isFetching({ queryKey }) > 0
    const read = () => queries.invalidateQueries({ queryKey }, { cancelRefetch: false })
    await read()
    if (isOld) await read()
  }
  const readAgain = async () => {
    gathering = undefined
    isReading = true
    const keys = [...stale.values()]
    stale.clear()
    await Promise.all(keys.map(again))
    isReading = false
    if (stale.size > 0) gather()
  }
  const gather = () => {
    if (!isReading) gathering ??= setTimeout(() => void readAgain(), gatherMs)
  }
  return {
    read(keys: readonly QueryKey[]) {
      for (const key of keys) stale.set(key.join(), key)
      gather()
    },
    stop: () => clearTimeout(gathering),
  }
}
