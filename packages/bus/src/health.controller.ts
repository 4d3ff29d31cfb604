import { Controller, Get, HttpStatus, Res } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { BusConnection } from './connection.ts'
import { ReadOutboxStatus } from './events/read-outbox-status.ts'

interface HttpReply {
  status(code: number): { send(body: unknown): void }
}

/** `live`: the process turns. `ready`: it also reaches its database and NATS, and its events leave. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly connection: BusConnection,
    private readonly outbox: ReadOutboxStatus,
  ) {}

  @Get('live')
  live() {
    return { status: 'ok' }
  }

  @Get('ready')
  async ready(@Res() reply: HttpReply) {
    const [database, nats, relay] = await Promise.all([
      this.databaseAnswers(),
      this.connection.isUp(),
      this.eventsLeave(),
    ])
    const isReady = database && nats && relay
    reply
      .status(isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
      .send({ status: isReady ? 'ok' : 'unavailable', database, nats, relay })
  }

  /** Also true while the database is away, which is reported separately. */
  private async eventsLeave(): Promise<boolean> {
    const isStuck = await this.outbox.isStuck().catch(() => false)
    return !isStuck
  }

  private async databaseAnswers(): Promise<boolean> {
    try {
      await this.dataSource.query('select 1')
      return true
    } catch {
      // The answer itself says that the database is away.
      return false
    }
  }
}
