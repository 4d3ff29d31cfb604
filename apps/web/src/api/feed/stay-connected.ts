import type { EventType } from '../types.ts'
import { affected } from './affected.ts'
import type { FeedSays } from './messages.ts'

/** A connection that is back within this time is not reported as lost. */
const patienceMs = 2_000
/** The pauses before each new try; after the last one, always that. */
const pausesMs = [1_000, 2_000, 5_000, 10_000, 30_000]

/**
 * The stream of live events: opened, kept open, and closed.
 *
 * @param isBehind whether somebody has read so long before that something may have happened meanwhile.
 */
export function stayConnected(tell: (said: FeedSays) => void, isBehind: () => boolean) {
  let feed: EventSource | undefined
  let failures = 0
  let wasAway = false
  let isFirst = true
  let doubting: ReturnType<typeof setTimeout> | undefined
  let opening: ReturnType<typeof setTimeout> | undefined

  const connect = () => {
    clearTimeout(opening)
    feed?.close()
    feed = new EventSource('/v1/events')
    feed.onopen = () => {
      failures = 0
      clearTimeout(doubting)
      doubting = undefined
      tell({ what: 'live' })
      if (wasAway || (isFirst && isBehind())) tell({ what: 'read all' })
      wasAway = false
      isFirst = false
    }
    feed.onerror = () => {
      wasAway = true
      doubting ??= setTimeout(() => tell({ what: 'unreachable' }), patienceMs)
      // `EventSource` reconnects after a broken connection by itself, but gives up for good after a refusal.
      if (feed?.readyState !== EventSource.CLOSED) return
      opening = setTimeout(connect, pausesMs[failures] ?? pausesMs.at(-1))
      failures += 1
      tell({ what: 'refused' })
    }
    feed.addEventListener('reset', () => tell({ what: 'read all' }))
    for (const type of Object.keys(affected) as EventType[]) {
      feed.addEventListener(type, () => tell({ what: 'changed', keys: affected[type] }))
    }
  }
  return {
    open() {
      if (!feed) connect()
    },
    /** Reconnects at once, if it was waiting after a refusal. */
    comeBack() {
      if (feed?.readyState === EventSource.CLOSED) connect()
    },
    /** Reconnects for another session or workspace. */
    openAnew() {
      wasAway = true
      if (feed) connect()
    },
    close() {
      feed?.close()
      feed = undefined
      clearTimeout(opening)
      clearTimeout(doubting)
      doubting = undefined
      wasAway = true
    },
  }
}
