import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common'

interface Frame {
  /** The name of its logger. */
  name: string
  /** Pause between two runs. */
  restMs: number
  /** Pause before the first run; `restMs` when left out. */
  firstAfterMs?: number
}

/** Runs a task repeatedly with a pause between runs; runs never overlap. Starts and stops with its service. */
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

  /** One run. An error is logged, and the next run follows after the pause. */
  abstract run(): Promise<void>

  /** Whether a long run should end now. */
  protected get isStopped(): boolean {
    return this.#isStopped
  }

  onApplicationBootstrap(): void {
    this.#rest(this.#frame.firstAfterMs)
  }

  /** Begins no new run; waits for the one under way. */
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

  /** Runs now instead of after the pause. */
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
