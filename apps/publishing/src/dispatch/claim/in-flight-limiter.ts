import { withTimeout } from '@hamava/service-kit'
import type { AdaptiveLimit } from './adaptive-limit.ts'

/** A request that takes longer than this only waits for its network; its permit goes to another. */
const slowAfterMs = 250
/** How many slow requests may be in flight per permit. */
const slowPerPermit = 16
/** How long `waitForPermits` waits: claiming one lane costs nearly as much as claiming many. */
const gatherMs = 20

/**
 * Permits for requests in flight. A slow request gives its permit up, so that a network, workspace or channel that
 * does not answer never keeps the others waiting.
 */
export class InFlightLimiter {
  private quick = 0
  private readonly all = new Set<Promise<void>>()
  private readonly countOf = new Map<string, number>()
  private tellWaiting: () => void = () => undefined

  /** @param onFree is called when a permit becomes free. */
  constructor(
    private readonly limit: AdaptiveLimit,
    private readonly onFree: () => void,
  ) {}

  /** How many more may begin. */
  get free(): number {
    const permits = this.limit.now()
    return Math.min(permits - this.quick, this.remaining(permits))
  }

  /**
   * Networks with at least as many requests in flight as there is room left. So an unresponsive network takes half
   * of the room at most, a second one half of the rest, and responsive networks keep some.
   */
  get fullNetworks(): string[] {
    const room = this.remaining(this.limit.now())
    return [...this.countOf].flatMap(([network, count]) => (count >= room ? [network] : []))
  }

  /** Counts work that has begun; it must not reject. */
  take(work: Promise<void>, network: string): void {
    this.quick += 1
    this.countOf.set(network, (this.countOf.get(network) ?? 0) + 1)
    let isQuick = true
    const giveUp = () => {
      if (!isQuick) return
      isQuick = false
      this.quick -= 1
    }
    const timer = setTimeout(() => {
      giveUp()
      this.freed()
    }, slowAfterMs)
    timer.unref()
    const tracked = work.finally(() => {
      clearTimeout(timer)
      this.all.delete(tracked)
      this.countOf.set(network, (this.countOf.get(network) ?? 0) - 1)
      giveUp()
      this.freed()
    })
    this.all.add(tracked)
  }

  /** Waits until a quarter of the permits is free, at most `gatherMs`. */
  async waitForPermits(): Promise<void> {
    const enough = this.limit.now() / 4
    if (this.free >= enough) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, gatherMs)
      this.tellWaiting = () => {
        if (this.free < enough) return
        clearTimeout(timer)
        resolve()
      }
    })
    this.tellWaiting = () => undefined
  }

  /** Waits until nothing is under way, at most so long. */
  async idle(withinMs: number): Promise<void> {
    await withTimeout(withinMs, Promise.all(this.all))
  }

  private remaining(permits: number): number {
    return permits * (1 + slowPerPermit) - this.all.size
  }

  private freed(): void {
    this.tellWaiting()
    this.onFree()
  }
}
