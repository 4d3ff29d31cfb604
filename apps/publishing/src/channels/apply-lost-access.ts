import type { CallContext, OutputOf, ParsedInputOf, reportLostAccess } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { Injectable } from '@nestjs/common'
import { DataSource, IsNull } from 'typeorm'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'

/** The network refused another service: what is planned is held and people are told before it is refused too. */
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
    // Another `version`: the channel was reconnected or changed since, so its access is not the refused one.
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
