import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common'

interface Frame {
  /** Under which its failures are logged. */
  name: string
  /** The rest after it was done. */
  restMs: number
  /** Before the first time, when another one. */
  firstAfterMs?: number
}

/**
 * What a service does again and again beside what it is asked for, a rest after it was done: it begins with the service,
 * never runs beside itself, and is waited for at the end.
 */
export abstract class IntervalTask implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly logger: Logger
  readonly #frame: Frame
  #timer: NodeJS.Timeout | undefined
  #working: Promise<void> = Promise.resolve()
  #isStopped = false

  protected constructor(frame: Frame) {
    this.#frame = frame
    this.logger = new Logger(frame.name)
  }

  /** Does it once. What it throws is logged, and it is done again after the rest. */
  abstract run(): Promise<void>

  /** Asked between the steps of a long round. */
  protected get isStopped(): boolean {
    return this.#isStopped
  }

  onApplicationBootstrap(): void {
    this.#rest(this.#frame.firstAfterMs)
  }

  /** No new round begins; waits for the one under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#working
  }

  /** Carries out what is due, one after the other, until a batch was not full. */
  protected async workThrough<T>(
    batch: number,
    take: () => Promise<T[]>,
    carryOut: (one: T) => Promise<void>,
  ): Promise<void> {
    let taken: T[]
    do {
      taken = await take()
      for (const one of taken) {
        if (this.#isStopped) return
        await carryOut(one)
      }
    } while (taken.length === batch)
  }

  /** There is something to do now, not only after the rest. */
  protected hasten(): void {
    this.#working = this.#working.then(() => this.#round())
  }

  #rest(ms = this.#frame.restMs): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => this.hasten(), ms)
    this.#timer.unref()
  }

  async #round(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#isStopped) return
    await this.run().catch((error) => this.logger.warn(`tried again later: ${String(error)}`))
    this.#rest()
  }
}
