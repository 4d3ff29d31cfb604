import { setTimeout as delay } from 'node:timers/promises'

const againAfterMs = 100

/** Tries until it works, for so long; then throws what the last try threw. */
export async function retryUntil<T>(forMs: number, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + forMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > until) throw error
      await delay(againAfterMs)
    }
  }
}
