import type { Pace } from './pace.ts'

/** After this long a request only waits for its network, and its place is given to others. */
const slowAfterMs = 250
/** So many slow requests may be under way for each place there is. */
const slowPerPlace = 16
/** A request that has become slow is noticed this soon. */
const lookAgainMs = 10

/**
 * The places for requests that are under way. A slow one gives its place up, so that a network, a
 * workspace or a channel that does not answer never keeps the others waiting.
 */
export class Slots {
  private quick = 0
  private readonly all = new Set<Promise<void>>()

  /** @param onFree is called when a place becomes free. */
  constructor(
    private readonly pace: Pace,
    private readonly onFree: () => void,
  ) {}

  /** How many more may begin. */
  get free(): number {
    const places = this.pace.now()
    const slowRoom = places * (1 + slowPerPlace) - this.all.size
    return Math.min(places - this.quick, slowRoom)
  }

  /** Counts work that has begun; it must not reject. */
  take(work: Promise<void>): void {
    this.quick += 1
    let isQuick = true
    const giveUp = () => {
      if (!isQuick) return
      isQuick = false
      this.quick -= 1
      this.onFree()
    }
    const timer = setTimeout(giveUp, slowAfterMs)
    timer.unref()
    const tracked = work.finally(() => {
      clearTimeout(timer)
      this.all.delete(tracked)
      giveUp()
    })
    this.all.add(tracked)
  }

  /** Settles when something ends or gives its place up. */
  async change(): Promise<void> {
    const soon = new Promise<void>((resolve) => setTimeout(resolve, lookAgainMs))
    await Promise.race([soon, ...this.all])
  }

  /** Waits until nothing is under way, at most so long. */
  async idle(withinMs: number): Promise<void> {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref())
    await Promise.race([Promise.all(this.all), patience])
  }
}
