import { setTimeout as delay } from 'node:timers/promises'

const againAfterMs = 100

/** Retries `work` until it succeeds, for at most `forMs`; then throws the error of the last try. */
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
