import { createHmac } from 'node:crypto'
import type { InboxEvent, Webhook } from './entries.ts'
import { eventView } from './views.ts'

const retryDelaysMs = [500, 1000, 2000, 4000, 8000, 16_000, 30_000]

/** The signature that a webhook's receiver checks: over the time and the raw body. */
export const sign = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`

/** Delivers inbox events to the registered webhook, with retries for about a minute. */
export class Webhooks {
  #stop = new AbortController()
  #running = new Set<Promise<void>>()
  #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  deliver(webhook: Webhook, event: InboxEvent): void {
    const run = this.#attempt(webhook, event).catch(() => {})
    this.#running.add(run)
    void run.finally(() => this.#running.delete(run))
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#running)
  }

  async #attempt({ handle, url, secret }: Webhook, event: InboxEvent): Promise<void> {
    const body = JSON.stringify({ account: handle, items: [eventView(event)] })
    for (const delay of [0, ...retryDelaysMs]) {
      await pause(delay, this.#stop.signal)
      if (this.#stop.signal.aborted) return
      const timestamp = String(this.#now())
      const headers = {
        'content-type': 'application/json',
        'x-sandbox-timestamp': timestamp,
        'x-sandbox-signature': sign(secret, timestamp, body),
      }
      const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(10_000)])
      const reply = await fetch(url, { method: 'POST', headers, body, signal }).catch(() => null)
      await reply?.body?.cancel()
      if (reply?.ok) return
    }
  }
}

/** Waits, but no longer than until the signal. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (ms === 0 || signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
