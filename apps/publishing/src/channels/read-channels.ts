import type { CallContext, Channel, Page, PageQuery } from '@hamava/contracts'
import { AppError, decodeCursor, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In, IsNull } from 'typeorm'
import { isHidden } from '../publications/read-publications.ts'
import { ChannelRow } from './channel.entity.ts'
import { showChannel } from './show-channel.ts'

@Injectable()
export class ReadChannels {
  constructor(private readonly dataSource: DataSource) {}

  /** Throws `not_found` for what is not there, was removed, or is not for the caller. */
  async row(call: CallContext, id: string): Promise<ChannelRow> {
    const row = await this.dataSource
      .getRepository(ChannelRow)
      .findOneBy({ id, workspaceId: call.workspaceId, removedAt: IsNull() })
    if (!row || isHidden(call, id)) throw new AppError('not_found', { what: 'channel', id })
    return row
  }

  /** Oldest first. */
  async list(call: CallContext, query: PageQuery): Promise<Page<Channel>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(ChannelRow)
      .createQueryBuilder('c')
      .where('c.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .andWhere('c.removedAt is null')
      .orderBy('c.id')
      .limit(query.limit + 1)
    if (call.channelIds) select.andWhere('c.id = any(:mine)', { mine: call.channelIds })
    if (after) select.andWhere('c.id > :id', { id: after.id })
    const rows = await select.getMany()
    return toPage(rows, query, showChannel, (row) => ({
      at: row.createdAt.toISOString(),
      id: row.id,
    }))
  }

  async resolve(call: CallContext, ids: string[]): Promise<Channel[]> {
    const rows = await this.dataSource
      .getRepository(ChannelRow)
      .findBy({ id: In(ids), workspaceId: call.workspaceId, removedAt: IsNull() })
    return rows.filter((row) => !isHidden(call, row.id)).map(showChannel)
  }
}
