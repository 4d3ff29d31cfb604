import { broadcastSubject, type Owner } from '@hamava/contracts'
import { Inject, Injectable } from '@nestjs/common'
import { BusConnection } from './connection.ts'
import { type BusOptions, busOptionsToken } from './options.ts'

/** Short messages to all replicas of this service. They may be lost, so listeners must also poll. */
@Injectable()
export class Broadcasts {
  private readonly service: Owner

  constructor(
    private readonly connection: BusConnection,
    @Inject(busOptionsToken) options: BusOptions,
  ) {
    this.service = options.service
  }

  /** Tells all replicas, this one among them. */
  send(topic: string, text: string): void {
    this.connection.current?.publish(broadcastSubject(this.service, topic), text)
  }

  /** Calls back at every message of a topic, from now on and over reconnects. */
  async listen(topic: string, onMessage: (text: string) => void): Promise<void> {
    const connection = await this.connection.get()
    if (connection.isClosed()) return
    connection.subscribe(broadcastSubject(this.service, topic), {
      callback: (error, message) => {
        if (!error) onMessage(message.string())
      },
    })
  }
}
