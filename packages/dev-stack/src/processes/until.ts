import { setTimeout as pause } from 'node:timers/promises'

export interface UntilOptions {
  readonly timeoutMs: number
  readonly what: string
  readonly intervalMs?: number
  readonly signal?: AbortSignal | undefined
}

/** Asks again and again until the answer is there; a probe that throws counts as "not yet". */
export async function until<T>(
  probe: () => Promise<T | undefined> | T | undefined,
  options: UntilOptions,
): Promise<T> {
  const deadline = performance.now() + options.timeoutMs
  let cause: unknown
  for (;;) {
    options.signal?.throwIfAborted()
    try {
      const answer = await probe()
      if (answer !== undefined) return answer
    } catch (error) {
      cause = error
    }
    if (performance.now() > deadline) {
      throw new Error(`${options.what} took longer than ${options.timeoutMs / 1000} s`, { cause })
    }
    await pause(options.intervalMs ?? 25)
  }
}
