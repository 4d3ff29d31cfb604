import { Controller, Get, HttpStatus, Res } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { BusConnection } from './connection.ts'

interface HttpReply {
  status(code: number): { send(body: unknown): void }
}

/** `live`: the process turns. `ready`: it also reaches its database and NATS. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly connection: BusConnection,
  ) {}

  @Get('live')
  live() {
    return { status: 'ok' }
  }

  @Get('ready')
  async ready(@Res() reply: HttpReply) {
    const [database, nats] = await Promise.all([this.databaseAnswers(), this.connection.isUp()])
    const isReady = database && nats
    reply
      .status(isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
      .send({ status: isReady ? 'ok' : 'unavailable', database, nats })
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
