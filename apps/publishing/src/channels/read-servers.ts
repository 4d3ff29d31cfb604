import { connectorOf, NetworkError, type Tools } from '@hamava/networks'
import { IntervalTask } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { toolsToken } from '../tokens.ts'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'

const everyMs = 60_000
const batch = 50

/** Asks each channel's server once a day for its software and limits: servers are upgraded and reconfigured. */
@Injectable()
export class ReadServers extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {
    super({ name: 'servers', restMs: everyMs })
  }

  /** A replica claims a channel by setting `server_read_at`; if its server does not answer, the next try is tomorrow. */
  override async run(): Promise<void> {
    const [taken] = await this.dataSource.query<[{ id: string }[], number]>(
      `update channels set server_read_at = now() where id in (
         select id from channels
         where removed_at is null and health = 'ok' and server_read_at < now() - interval '1 day'
         order by server_read_at limit ${batch} for update skip locked)
       returning id`,
    )
    for (const { id } of taken) {
      if (this.isStopped) return
      await this.read(id)
    }
  }

  private async read(id: string): Promise<void> {
    const channel = await this.dataSource.getRepository(ChannelRow).findOneByOrFail({ id })
    const connect = connectorOf(channel.network)?.connect
    if (!connect?.readServer) return
    const access = await this.access.open(channel)
    if (access.kind !== 'open') return
    try {
      await this.access.change(channel, await connect.readServer(access.credentials, this.tools))
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      if (error.kind === 'reconnect') await this.access.markLost(id, error.reason)
      else this.logger.warn(`${id} does not say what its server takes: ${error.message}`)
    }
  }
}
