import { sessionChannel } from '../session-channel.ts'
import { type FeedSays, feedChannel, feedLock, isOfTab, type TabSays, tabLock } from './messages.ts'
import { stayConnected } from './stay-connected.ts'

/** When nobody has looked at any tab for so long, the stream rests until somebody does. */
const hiddenMs = 10_000
/** Who has begun to read so long before the stream was open may have missed something. */
const behindMs = 2_000

/**
 * Holds the one stream of all tabs, from a worker that they share or from one of them: whoever has the lock. Where there
 * are no locks (a page that did not come over https), whoever is asked.
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
    // It was stopped before its turn came.
    navigator.locks.request(feedLock, options, untilStopped).catch(() => undefined)
  }
}

/** Answers how to stop. */
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
      // What has changed after it began to read, and before it could be told.
      for (const { at, said } of changes.values()) if (at >= since) channel.postMessage(said)
    }
    tabs.set(tab, is)
    look()
  }
  // All tabs share the cookie: the stream is for whoever is there now.
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
