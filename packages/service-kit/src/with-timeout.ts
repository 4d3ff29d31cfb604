import { setTimeout as delay } from 'node:timers/promises'

/** Waits for work, but not longer than this; whether it was done by then. What throws, throws here. */
export async function withTimeout(ms: number, work: Promise<unknown>): Promise<boolean> {
  const isDone = work.then(() => true)
  return Promise.race([isDone, delay(ms, false, { ref: false })])
}
