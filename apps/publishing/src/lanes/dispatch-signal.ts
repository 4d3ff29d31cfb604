import { WakeUps } from '@hamava/bus'
import { Injectable, Logger } from '@nestjs/common'

/** Wakes the dispatchers: this process's at once, the other replicas' over NATS if it is up. */
@Injectable()
export class DispatchSignal {
  private readonly logger = new Logger('signal')
  private onWake: () => void = () => undefined

  constructor(private readonly wakeUps: WakeUps) {}

  signalLocal(): void {
    this.onWake()
  }

  signalAll(): void {
    this.signalLocal()
    this.wakeUps.send('publishing')
  }

  /** Does not wait for NATS: without it every replica looks by itself. */
  listen(onWake: () => void): void {
    this.onWake = onWake
    this.wakeUps
      .listen(onWake)
      .catch((error) => this.logger.warn(`no wake-ups from others: ${String(error)}`))
  }
}
