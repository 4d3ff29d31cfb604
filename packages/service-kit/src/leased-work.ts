import { hostname } from 'node:os'
import { Logger } from '@nestjs/common'
import { withTimeout } from './with-timeout.ts'

/** A name for this process's leases that no other process has. */
export const newLeaseOwner = () =>
  `${hostname()}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`

export interface LeasedWorkOptions<Row> {
  /** For the log. */
  name: string
  /** Rows that are in work at a time. */
  concurrency: number
  /** How long to rest when nothing wakes it. */
  restMs: number
  /** Leases at most `room` rows that are due. */
  claim(owner: string, room: number): Promise<Row[]>
  carryOut(row: Row): Promise<void>
  /** Ends the leases of this owner. */
  giveBack(owner: string): Promise<unknown>
}

const closeWithinMs = 10_000

/** Works through what is due in a table, for as long as the service runs; any number of replicas share it. */
export class LeasedWork<Row> {
  private readonly owner = newLeaseOwner()
  private readonly inFlight = new Set<Promise<void>>()
  private readonly logger: Logger
  private running: Promise<void> | null = null
  private isStopped = false
  private isWoken = false
  private wakeFromRest: () => void = () => undefined

  constructor(private readonly options: LeasedWorkOptions<Row>) {
    this.logger = new Logger(options.name)
  }

  start(): void {
    this.running ??= this.run()
  }

  /** Looks at once for what is due. */
  wake(): void {
    this.isWoken = true
    this.wakeFromRest()
  }

  /** Takes no more, lets what is in flight finish, gives the leases back. */
  async close(): Promise<void> {
    this.isStopped = true
    this.wake()
    await this.running
    await withTimeout(closeWithinMs, Promise.all(this.inFlight))
    await this.options
      .giveBack(this.owner)
      .catch((error) => this.logger.warn(`leases are left to run out: ${String(error)}`))
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      this.isWoken = false
      try {
        const room = this.options.concurrency - this.inFlight.size
        const rows = room > 0 ? await this.options.claim(this.owner, room) : []
        for (const row of rows) this.track(this.options.carryOut(row))
      } catch (error) {
        this.logger.error(`cannot look for what is due, going on: ${String(error)}`)
      }
      await this.rest()
    }
  }

  private track(work: Promise<void>): void {
    const guarded = work
      .catch((error) => this.logger.error(`left to its lease: ${String(error)}`))
      .finally(() => {
        this.inFlight.delete(guarded)
        this.wakeFromRest()
      })
    this.inFlight.add(guarded)
  }

  private async rest(): Promise<void> {
    if (this.isWoken || this.isStopped) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.options.restMs)
      this.wakeFromRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
