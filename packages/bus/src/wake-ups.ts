import { type Owner, wakeSubject } from '@hamava/contracts'
import { Inject, Injectable } from '@nestjs/common'
import { BusConnection } from './connection.ts'
import { type BusOptions, busOptionsToken } from './options.ts'

/** "Something is due soon": messages that may be lost, as their listeners also poll. */
@Injectable()
export class WakeUps {
  private readonly service: Owner

  constructor(
    private readonly connection: BusConnection,
    @Inject(busOptionsToken) options: BusOptions,
  ) {
    this.service = options.service
  }

  /** Wakes all replicas of a service. */
  send(owner: Owner): void {
    this.connection.current?.publish(wakeSubject(owner))
  }

  /** Calls back at every wake-up of this service, from now on and over reconnects. */
  async listen(onWake: () => void): Promise<void> {
    const connection = await this.connection.get()
    if (!connection.isClosed())
      connection.subscribe(wakeSubject(this.service), { callback: onWake })
  }
}
