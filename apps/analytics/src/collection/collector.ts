import { hostname } from 'node:os'
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common'
import { DataSource } from 'typeorm'
import { claimChannels } from './claim-channels.ts'
import { CollectChannel } from './collect-channel.ts'

const concurrency = 16
const longestRestMs = 1_000
const closeWithinMs = 10_000

/** Measures what is due, for as long as the service runs. Any number of replicas share them. */
@Injectable()
export class Collector implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('collector')
  private readonly owner = `${hostname()}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`
  private readonly inFlight = new Set<Promise<void>>()
  private running: Promise<void> | null = null
  private isStopped = false
  private isWoken = false
  private wakeFromRest: () => void = () => undefined

  constructor(
    private readonly dataSource: DataSource,
    private readonly collecting: CollectChannel,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run()
  }

  /** Takes no more, lets what is in flight finish, gives the leases back. */
  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true
    this.wake()
    await this.running
    const patience = new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref())
    await Promise.race([Promise.all(this.inFlight), patience])
    await this.dataSource
      .query(
        'update measured_channels set lease_owner = null, lease_until = null where lease_owner = $1',
        [this.owner],
      )
      .catch((error) => this.logger.warn(`leases are left to run out: ${String(error)}`))
  }

  /** Looks at once for what is due. */
  wake(): void {
    this.isWoken = true
    this.wakeFromRest()
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      this.isWoken = false
      try {
        const room = concurrency - this.inFlight.size
        const channels = room > 0 ? await claimChannels(this.dataSource, this.owner, room) : []
        for (const channel of channels) this.track(this.collecting.collect(channel))
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
    if (this.isWoken) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestRestMs)
      this.wakeFromRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
