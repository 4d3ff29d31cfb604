import { holdFeed } from './hold-feed.ts'

/** Somebody holds the stream: the worker of all tabs, or where there is none, this tab when its turn comes. */
export function startHolder(signal: AbortSignal): void {
  if (typeof SharedWorker === 'undefined') {
    holdFeed(signal)
    return
  }
  const worker = new SharedWorker(new URL('./feed-worker.ts', import.meta.url), { type: 'module' })
  worker.onerror = () => holdFeed(signal)
}
