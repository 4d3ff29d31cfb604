import type { SandboxAccount } from './entries.ts'
import { RefusedRequest } from './refused-request.ts'

interface Window {
  endsAt: number
  used: number
}

/** Counts each account's posts and messages in windows that begin with the first of them. */
export class RateLimits {
  #windows = new Map<string, Window>()

  /** Takes one from the account's budget and tells the headers; throws once it is used up. */
  take({ handle, rateLimit }: SandboxAccount, now: number): Record<string, string> {
    const window = this.#window(handle, rateLimit.windowMs, now)
    if (window.used >= rateLimit.limit) throw tooMany(window.endsAt - now, rateLimit.limit)
    window.used += 1
    return {
      'ratelimit-limit': String(rateLimit.limit),
      'ratelimit-remaining': String(rateLimit.limit - window.used),
      'ratelimit-reset': String(seconds(window.endsAt - now)),
    }
  }

  clear(): void {
    this.#windows.clear()
  }

  #window(handle: string, windowMs: number, now: number): Window {
    const window = this.#windows.get(handle)
    if (window && window.endsAt > now) return window
    const fresh = { endsAt: now + windowMs, used: 0 }
    this.#windows.set(handle, fresh)
    return fresh
  }
}

/** The network's 429 answer. */
export const tooMany = (waitMs: number, limit: number): RefusedRequest =>
  new RefusedRequest(429, 'rate_limited', `Too many requests; wait ${seconds(waitMs)} seconds.`, {
    'retry-after': String(seconds(waitMs)),
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(seconds(waitMs)),
  })

const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000))
