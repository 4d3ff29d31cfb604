import { sessionChannel } from '../session-channel.ts'
import { type FeedSays, feedChannel, feedLock, isOfTab, type TabSays, tabLock } from './messages.ts'
import { stayConnected } from './stay-connected.ts'

/** When no tab has been visible for this long, the stream is closed until one is. */
const hiddenMs = 10_000
/** A tab that began to read this long before the stream was open may have missed an event. */
const behindMs = 2_000

/**
 * Holds the one stream of all tabs, in a shared worker or in the tab that has the lock. Without locks (a page that did
 * not come over https), every caller holds one.
 */
export function holdFeed(signal?: AbortSignal): void {
  if (signal?.aborted) return
  const untilStopped = () =>
    new Promise<void>((done) => {
      const stop = hold()
      signal?.addEventListener('abort', () => done(stop()))
    })
  if (!navigator.locks) void untilStopped()
  else {
    const options = signal ? { signal } : {}
    // Aborted before it got the lock.
    navigator.locks.request(feedLock, options, untilStopped).catch(() => undefined)
  }
}

/** Returns how to stop. */
function hold(): () => void {
  const tabs = new Map<string, TabSays['is']>()
  const channel = new BroadcastChannel(feedChannel)
  const session = new BroadcastChannel(sessionChannel)
  const stopping = new AbortController()
  const changes = new Map<string, { at: number; said: FeedSays }>()
  let connection: FeedSays = { what: 'live' }
  let resting: ReturnType<typeof setTimeout> | undefined

  const tell = (said: FeedSays) => {
    if (said.what === 'live' || said.what === 'unreachable') connection = said
    if (said.what === 'changed') changes.set(said.keys.join(), { at: Date.now(), said })
    channel.postMessage(said)
  }
  let earliest = Number.POSITIVE_INFINITY
  const feed = stayConnected(tell, () => Date.now() - earliest > behindMs)
  const look = () => {
    clearTimeout(resting)
    if (tabs.size === 0) feed.close()
    else if ([...tabs.values()].includes('looked at')) feed.open()
    else resting = setTimeout(feed.close, hiddenMs)
  }
  const forget = (tab: string) => {
    if (tabs.delete(tab)) look()
  }
  channel.onmessage = ({ data }: MessageEvent<TabSays | FeedSays>) => {
    if (!isOfTab(data)) return
    const { tab, is, since } = data
    if (is !== 'gone') earliest = Math.min(earliest, since)
    if (is === 'gone') return forget(tab)
    if (!tabs.has(tab)) {
      void navigator.locks?.request(tabLock(tab), () => forget(tab))
      channel.postMessage(connection)
      // Changes since the tab began to read, which nobody could tell it yet.
      for (const { at, said } of changes.values()) if (at >= since) channel.postMessage(said)
    }
    tabs.set(tab, is)
    look()
  }
  // All tabs share the session cookie: after a login, the stream must be that of the new session.
  session.onmessage = feed.openAnew
  addEventListener('online', feed.comeBack, stopping)
  tell({ what: 'who is there?' })
  return () => {
    stopping.abort()
    clearTimeout(resting)
    feed.close()
    channel.close()
    session.close()
  }
}
