import type { CallContext, OutputOf, ParsedInputOf, reportLostAccess } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { Injectable } from '@nestjs/common'
import { DataSource, IsNull } from 'typeorm'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'

/** Another service was refused by the network: what is planned need not be refused in its turn for people to know. */
@Injectable()
export class ApplyLostAccess {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
  ) {}

  async hear(
    { workspaceId }: CallContext,
    { id, version, reason }: ParsedInputOf<typeof reportLostAccess>,
  ): Promise<OutputOf<typeof reportLostAccess>> {
    // Connected again or changed since, it has other access than what was refused.
    const channel = await this.dataSource
      .getRepository(ChannelRow)
      .findOneBy({ id, workspaceId, version, health: 'ok', removedAt: IsNull() })
    if (!channel) return { isLost: false }
    if (connectorOf(channel.network)?.connect.refresh) {
      const renewed = await this.access.refresh(channel)
      if (renewed.kind !== 'revoked') return { isLost: false }
    }
    await this.access.markLost(id, reason)
    return { isLost: true }
  }
}
