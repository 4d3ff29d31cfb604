import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { EventType } from './types.ts'

/** What has to be read again when something of a kind has changed. */
const affected: Partial<Record<EventType, QueryKey[]>> = {
  'content.post.changed.v1': [['posts'], ['calendar']],
  'content.policy.changed.v1': [['approval-policy']],
  'publishing.publication.changed.v1': [['publications'], ['calendar'], ['posts']],
  'publishing.publication.stuck.v1': [['publications']],
  'publishing.channel.changed.v1': [['channels'], ['publications']],
  'publishing.hold.changed.v1': [['holds'], ['publications']],
  'publishing.policy.changed.v1': [['late-policy']],
  'listening.conversation.changed.v1': [['conversations']],
}

/** A burst of events is one reading. */
const gatherMs = 400
/** A connection that breaks for a moment is nobody's business. */
const patienceMs = 2_000

type Connection = 'live' | 'unreachable'
let connection: Connection = 'live'
const listeners = new Set<() => void>()

function become(next: Connection): void {
  if (connection === next) return
  connection = next
  for (const listener of listeners) listener()
}

/** Whether the server is there; the browser itself resumes where it was cut off. */
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
  const stale = new Map<string, QueryKey>()
  let gathering: ReturnType<typeof setTimeout> | undefined
  let doubting: ReturnType<typeof setTimeout> | undefined
  let wasAway = false
  const readAgain = () => {
    gathering = undefined
    for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey })
    stale.clear()
  }
  const feed = new EventSource('/v1/events')
  feed.onopen = () => {
    clearTimeout(doubting)
    doubting = undefined
    become('live')
    if (wasAway) void queries.invalidateQueries()
    wasAway = false
  }
  feed.onerror = () => {
    wasAway = true
    doubting ??= setTimeout(() => become('unreachable'), patienceMs)
  }
  for (const [type, keys] of Object.entries(affected)) {
    feed.addEventListener(type, () => {
      for (const key of keys) stale.set(key.join(), key)
      gathering ??= setTimeout(readAgain, gatherMs)
    })
  }
  return () => {
    feed.close()
    clearTimeout(gathering)
    clearTimeout(doubting)
  }
}
