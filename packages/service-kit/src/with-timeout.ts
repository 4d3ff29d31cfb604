import { setTimeout as delay } from 'node:timers/promises'

/** Waits for `work` for at most `ms`; returns whether it finished in time. Rejects if `work` does. */
export async function withTimeout(ms: number, work: Promise<unknown>): Promise<boolean> {
  const isDone = work.then(() => true)
  return Promise.race([isDone, delay(ms, false, { ref: false })])
}
