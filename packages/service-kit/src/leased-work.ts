import { hostname } from 'node:os'
import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type { Leased, LeasedRows } from './database/leased-rows.ts'
import { withTimeout } from './with-timeout.ts'

/** A name for this process's leases that no other process has. */
export const newLeaseOwner = () =>
  `${hostname()}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`

interface Frame<Row extends Leased> {
  /** For the log. */
  name: string
  rows: LeasedRows<Row>
  /** Rows that are in work at a time. */
  concurrency: number
  /** How long to rest when nothing wakes it. */
  restMs: number
}

const closeWithinMs = 10_000

/** Works through what is due in a table, for as long as its service runs; any number of replicas share it. */
export abstract class LeasedWork<Row extends Leased>
  implements OnApplicationBootstrap, OnApplicationShutdown
{
  private readonly owner = newLeaseOwner()
  private readonly inFlight = new Set<Promise<void>>()
  private readonly logger: Logger
  private running: Promise<void> | null = null
  private isStopped = false
  private isWoken = false
  private wakeFromRest: () => void = () => undefined

  protected constructor(private readonly frame: Frame<Row>) {
    this.logger = new Logger(frame.name)
  }

  /** Does what is due of a row, and releases it. */
  abstract carryOut(row: Row): Promise<void>

  onApplicationBootstrap(): void {
    this.running ??= this.run()
  }

  /** Looks at once for what is due. */
  wake(): void {
    this.isWoken = true
    this.wakeFromRest()
  }

  /** Takes no more, lets what is in flight finish, gives the leases back. */
  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true
    this.wake()
    await this.running
    await withTimeout(closeWithinMs, Promise.all(this.inFlight))
    await this.frame.rows
      .giveBack(this.owner)
      .catch((error) => this.logger.warn(`leases are left to run out: ${String(error)}`))
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      this.isWoken = false
      try {
        const room = this.frame.concurrency - this.inFlight.size
        const rows = room > 0 ? await this.frame.rows.claim(this.owner, room) : []
        for (const row of rows) this.track(this.carryOut(row))
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
      const timer = setTimeout(resolve, this.frame.restMs)
      this.wakeFromRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
