import { randomId } from '../random-id.ts'
import { type FeedSays, feedChannel, isOfTab, type TabSays, tabLock } from './messages.ts'

const tryAgainMs = 5_000

/** Makes this tab one of those that share a stream. Returns how to leave. */
export function joinFeed(hear: (said: FeedSays) => void): () => void {
  const tab = randomId()
  const channel = new BroadcastChannel(feedChannel)
  const leaving = new AbortController()
  const since = performance.timeOrigin
  const say = (is: TabSays['is']) => channel.postMessage({ tab, is, since } satisfies TabSays)
  const sayHere = () => say(document.hidden ? 'hidden' : 'looked at')
  channel.onmessage = ({ data }: MessageEvent<TabSays | FeedSays>) => {
    if (isOfTab(data)) return
    if (data.what === 'who is there?') sayHere()
    else hear(data)
  }
  document.addEventListener('visibilitychange', sayHere, leaving)
  untilAborted(tabLock(tab), leaving.signal, sayHere)
  startHolder(leaving.signal)
  return () => {
    say('gone')
    leaving.abort()
    channel.close()
  }
}

/** Holds a lock until `signal` aborts; runs `then` once it has the lock, or at once where there are no locks. */
function untilAborted(name: string, signal: AbortSignal, then: () => void): void {
  if (!navigator.locks) {
    then()
    return
  }
  const aborted = new Promise<void>((done) => signal.addEventListener('abort', () => done()))
  void navigator.locks.request(name, () => {
    if (!signal.aborted) then()
    return aborted
  })
}

/** Loaded later; the tab has announced itself before and misses nothing. */
function startHolder(signal: AbortSignal): void {
  import('./start-holder.ts').then(
    (start) => start.startHolder(signal),
    () => signal.aborted || setTimeout(startHolder, tryAgainMs, signal),
  )
}
