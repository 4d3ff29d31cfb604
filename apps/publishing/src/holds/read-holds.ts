import type { CallContext, Hold, listHolds, Page, ParsedInputOf } from '@hamava/contracts'
import { AppError, decodeCursor, restrictToChannels, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { HoldRow } from './hold.entity.ts'
import { maySeeHold } from './may-hold.ts'
import { toHold } from './to-hold.ts'

@Injectable()
export class ReadHolds {
  constructor(private readonly dataSource: DataSource) {}

  async get(call: CallContext, id: string): Promise<Hold> {
    const { workspaceId } = call
    const row = await this.dataSource.getRepository(HoldRow).findOneBy({ id, workspaceId })
    if (!row || !maySeeHold(call, row)) throw new AppError('not_found', { what: 'hold', id })
    return toHold(row)
  }

  /** Newest first. */
  async list(call: CallContext, query: ParsedInputOf<typeof listHolds>): Promise<Page<Hold>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(HoldRow)
      .createQueryBuilder('h')
      .where('h.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .orderBy('h.placedAt', 'DESC')
      .addOrderBy('h.id', 'DESC')
      .limit(query.limit + 1)
    if (query.active) {
      select.andWhere(`h.releasedAt is ${query.active === 'true' ? 'null' : 'not null'}`)
    }
    restrictToChannels(select, call, 'h.channelId')
    if (after) select.andWhere('(h.placedAt, h.id) < (:at, :id)', after)
    return toPage(await select.getMany(), query, toHold, (row) => ({
      at: row.placedAt.toISOString(),
      id: row.id,
    }))
  }
}
