import { createHash } from 'node:crypto'
import { connectorOf } from '@hamava/networks'
import { IntervalTask } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'
import { mayRefreshAt } from './refresh-at.ts'

const everyMs = 15_000
const furthestMs = 60 * 60_000
const batch = 200

/** Refreshes tokens before anybody needs them, so that the due moment is one request. */
@Injectable()
export class RefreshAhead extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
  ) {
    super({ name: 'refresh-ahead', restMs: everyMs })
  }

  /** One channel after the other: replicas that look at the same one wait for its lock, and find it fresh. */
  override async run(now = Date.now()): Promise<void> {
    for (const channel of await this.expiring(now)) {
      if (this.isStopped) return
      if (!connectorOf(channel.network)?.connect.refresh) continue
      if (mayRefreshAt(channel, spreadOf(channel.id)) > now) continue
      const access = await this.access.refresh(channel)
      if (access.kind === 'revoked') await this.access.markLost(channel.id, access.reason)
    }
  }

  private expiring(now: number): Promise<ChannelRow[]> {
    return this.dataSource
      .getRepository(ChannelRow)
      .createQueryBuilder('c')
      .where(`c.health = 'ok' and c.removedAt is null and c.expiresAt < :until`, {
        until: new Date(now + furthestMs),
      })
      .orderBy('c.expiresAt')
      .limit(batch)
      .getMany()
  }
}

/** From 0 to 1, always the same for a channel. */
const spreadOf = (id: string) => createHash('sha256').update(id).digest().readUInt16BE(0) / 65_535
