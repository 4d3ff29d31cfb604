import type {
  CalendarEntry,
  CallContext,
  listCalendar,
  Page,
  ParsedInputOf,
} from '@hamava/contracts'
import { AppError, decodeCursor, restrictToChannels, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CalendarEntryRow } from './calendar-entry.entity.ts'

const longestRangeMs = 400 * 86_400_000

@Injectable()
export class ReadCalendar {
  constructor(private readonly dataSource: DataSource) {}

  /** By time; `from` belongs to the range, `to` does not. */
  async list(
    call: CallContext,
    query: ParsedInputOf<typeof listCalendar>,
  ): Promise<Page<CalendarEntry>> {
    const span = Date.parse(query.to) - Date.parse(query.from)
    if (span <= 0 || span > longestRangeMs) throw new AppError('calendar_range')
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(CalendarEntryRow)
      .createQueryBuilder('e')
      .where('e.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .andWhere('e.dueAt >= :from and e.dueAt < :to', { from: query.from, to: query.to })
      .orderBy('e.dueAt')
      .addOrderBy('e.publicationId')
      .limit(query.limit + 1)
    if (query.channelId) select.andWhere('e.channelId = :channelId', { channelId: query.channelId })
    restrictToChannels(select, call, 'e.channelId')
    if (after) select.andWhere('(e.dueAt, e.publicationId) > (:at, :id)', after)
    const rows = await select.getMany()
    return toPage(rows, query, show, (row) => ({
      at: row.dueAt.toISOString(),
      id: row.publicationId,
    }))
  }
}

function show(row: CalendarEntryRow): CalendarEntry {
  const { publicationId, postId, channelId, network, zone, state, excerpt } = row
  return {
    publicationId,
    postId,
    channelId,
    network,
    dueAt: row.dueAt.toISOString(),
    zone,
    state,
    ...(row.awaitsApproval && { awaitsApproval: true as const }),
    excerpt,
  }
}
