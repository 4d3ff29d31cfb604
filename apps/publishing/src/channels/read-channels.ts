import type { CallContext, Channel, ChannelDetail, Page, PageQuery } from '@hamava/contracts'
import { AppError, decodeCursor, mayTouch, restrictToChannels, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In, IsNull } from 'typeorm'
import { LaneRow } from '../lanes/lane.entity.ts'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'
import { toChannel, toChannelDetail } from './to-channel.ts'

@Injectable()
export class ReadChannels {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
  ) {}

  /** Throws `not_found` for what is not there, was removed, or is not for the caller. */
  async row(call: CallContext, id: string): Promise<ChannelRow> {
    const row = await this.dataSource
      .getRepository(ChannelRow)
      .findOneBy({ id, workspaceId: call.workspaceId, removedAt: IsNull() })
    if (!row || !mayTouch(call, [id])) throw new AppError('not_found', { what: 'channel', id })
    return row
  }

  async get(call: CallContext, id: string): Promise<ChannelDetail> {
    const row = await this.row(call, id)
    const show = await this.shower([row])
    return show(row)
  }

  /** Oldest first. */
  async list(call: CallContext, query: PageQuery): Promise<Page<ChannelDetail>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(ChannelRow)
      .createQueryBuilder('c')
      .where('c.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .andWhere('c.removedAt is null')
      .orderBy('c.id')
      .limit(query.limit + 1)
    restrictToChannels(select, call, 'c.id')
    if (after) select.andWhere('c.id > :id', { id: after.id })
    const rows = await select.getMany()
    return toPage(rows, query, await this.shower(rows), (row) => ({
      at: row.createdAt.toISOString(),
      id: row.id,
    }))
  }

  private async shower(rows: ChannelRow[]): Promise<(row: ChannelRow) => ChannelDetail> {
    const lanes = await this.dataSource
      .getRepository(LaneRow)
      .findBy({ channelId: In(rows.map(({ id }) => id)) })
    const waits = new Map(lanes.map(({ channelId, waitsUntil }) => [channelId, waitsUntil]))
    return (row) =>
      toChannelDetail(row, {
        renews: this.access.renews(row),
        waitsUntil: waits.get(row.id) ?? null,
      })
  }

  async resolve(call: CallContext, ids: string[]): Promise<Channel[]> {
    const rows = await this.dataSource
      .getRepository(ChannelRow)
      .findBy({ id: In(ids), workspaceId: call.workspaceId, removedAt: IsNull() })
    return rows.filter((row) => mayTouch(call, [row.id])).map(toChannel)
  }
}
