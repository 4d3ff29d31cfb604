import { leastMaxPayload } from '@hamava/contracts'
import { withTimeout } from '@hamava/service-kit'
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import { type BusOptions, busOptionsToken, connectOptions } from './options.ts'

/**
 * The one NATS connection that a service opens for itself (Nest's transport has its own for answering
 * requests). It connects in the background and for ever: a service works without NATS until it is back.
 */
@Injectable()
export class BusConnection implements OnApplicationShutdown {
  private readonly connecting: Promise<NatsConnection>
  private readonly logger = new Logger('nats')
  private open: NatsConnection | null = null
  private isClosed = false

  constructor(@Inject(busOptionsToken) options: BusOptions) {
    this.connecting = connect(connectOptions(options.natsUrl, options.service))
    this.connecting.then(
      (connection) => {
        this.open = connection
        void this.readLimits(connection)
        if (this.isClosed) void connection.close()
      },
      // Callers that await `get()` get the error.
      () => undefined,
    )
  }

  /** Notes the server's limits at the first connection and after each reconnect, which may be to another server. */
  private async readLimits(connection: NatsConnection): Promise<void> {
    this.noteLimits(connection)
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') this.noteLimits(connection)
    }
  }

  private noteLimits({ info }: NatsConnection): void {
    const maxPayload = info?.max_payload ?? 0
    if (maxPayload >= leastMaxPayload) return
    this.logger.error(
      `NATS takes messages of at most ${maxPayload} bytes: set its max_payload to ${leastMaxPayload} or more, or large posts go to the dead letters`,
    )
  }

  /** The connection, once there is one. */
  get(): Promise<NatsConnection> {
    return this.connecting
  }

  /** The connection if it is there now. */
  get current(): NatsConnection | null {
    return this.open && !this.open.isClosed() ? this.open : null
  }

  async isUp(): Promise<boolean> {
    if (!this.current) return false
    return withTimeout(1_000, this.current.flush()).catch(() => false)
  }

  async jetstream(): Promise<JetStreamClient> {
    return jetstream(await this.connecting, { timeout: 5_000 })
  }

  async manager(): Promise<JetStreamManager> {
    return jetstreamManager(await this.connecting, { timeout: 5_000, checkAPI: false })
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true
    await this.current?.close()
  }
}
