import type { Pace } from './pace.ts'

/** After this long a request only waits for its network, and its place is given to others. */
const slowAfterMs = 250
/** So many slow requests may be under way for each place there is. */
const slowPerPlace = 16
/** Places are gathered for at most so long: to take up one costs nearly as much as to take up many. */
const gatherMs = 20

/**
 * The places for requests that are under way. A slow one gives its place up, so that a network, a
 * workspace or a channel that does not answer never keeps the others waiting.
 */
export class Slots {
  private quick = 0
  private readonly all = new Set<Promise<void>>()
  private readonly countOf = new Map<string, number>()
  private tellWaiting: () => void = () => undefined

  /** @param onFree is called when a place becomes free. */
  constructor(
    private readonly pace: Pace,
    private readonly onFree: () => void,
  ) {}

  /** How many more may begin. */
  get free(): number {
    const places = this.pace.now()
    return Math.min(places - this.quick, this.roomAtAll(places))
  }

  /**
   * The networks that have as many requests under way as there is room for yet: so one that does not answer
   * takes half of the room at most, another one half of the rest, and something is left for those that do.
   */
  get fullNetworks(): string[] {
    const room = this.roomAtAll(this.pace.now())
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

  /** Waits until a quarter of the places is free, or for a moment only when there is less. */
  async gather(): Promise<void> {
    const enough = this.pace.now() / 4
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
    const patience = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref())
    await Promise.race([Promise.all(this.all), patience])
  }

  private roomAtAll(places: number): number {
    return places * (1 + slowPerPlace) - this.all.size
  }

  private freed(): void {
    this.tellWaiting()
    this.onFree()
  }
}
