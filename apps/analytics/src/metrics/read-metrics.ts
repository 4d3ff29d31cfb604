import type {
  CallContext,
  listMetrics,
  MetricSeries,
  OutputOf,
  ParsedInputOf,
} from '@hamava/contracts'
import { decodeCursor, encodeCursor, restrictToChannels } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { type Point, readPoints } from './read-points.ts'
import { SeriesRow } from './series.entity.ts'

/** A page must fit into one message on the wire (1 MB; a point takes some 50 bytes). */
const mostPointsOfPage = 10_000

type Query = ParsedInputOf<typeof listMetrics>

@Injectable()
export class ReadMetrics {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * In the order of channel, publication and metric. With `from` or `to`, only series read in that time, with the
   * points of it; `latest` is always the newest reading of the series.
   */
  async list(call: CallContext, query: Query): Promise<OutputOf<typeof listMetrics>> {
    const rows = await this.series(call, query)
    const shown = rows.slice(0, query.limit)
    const points = await readPoints(
      this.dataSource,
      shown.map(({ id }) => id),
      query,
    )
    const fitting = shown.slice(0, howManyFit(shown, points))
    const last = fitting.at(-1)
    const hasMore = last !== undefined && rows.length > fitting.length
    return {
      items: fitting.map((row) => show(row, points.get(row.id) ?? [])),
      nextCursor: hasMore ? encodeCursor({ at: '', id: last.id }) : null,
    }
  }

  private series(call: CallContext, query: Query): Promise<SeriesRow[]> {
    const { publicationId, postId, channelId, metric, from, to } = query
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(SeriesRow)
      .createQueryBuilder('s')
      .where('s.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .orderBy('s.id')
      .limit(query.limit + 1)
    if (publicationId) select.andWhere('s.publicationId = :publicationId', { publicationId })
    if (postId) select.andWhere('s.postId = :postId', { postId })
    if (channelId) select.andWhere('s.channelId = :channelId', { channelId })
    if (metric) select.andWhere('s.metric = :metric', { metric })
    restrictToChannels(select, call, 's.channelId')
    if (after) select.andWhere('s.id > :after', { after: after.id })
    if (from || to) {
      select.andWhere(
        `exists (select 1 from snapshots p where p.series_id = s.id
          and p.at >= coalesce(:from::timestamptz, '-infinity')
          and p.at < coalesce(:to::timestamptz, 'infinity'))`,
        { from: from ?? null, to: to ?? null },
      )
    }
    return select.getMany()
  }
}

/** At least one, so that every page goes on. */
function howManyFit(rows: SeriesRow[], points: Map<string, Point[]>): number {
  let total = 0
  const fitting = rows.findIndex(({ id }) => {
    total += points.get(id)?.length ?? 0
    return total > mostPointsOfPage
  })
  return fitting < 0 ? rows.length : Math.max(1, fitting)
}

function show(row: SeriesRow, points: Point[]): MetricSeries {
  const { channelId, network, publicationId, postId, metric, latestAt, latestValue } = row
  return {
    channelId,
    network,
    publicationId,
    postId,
    metric,
    latest: { at: latestAt.toISOString(), value: latestValue },
    points: points.map(({ at, value }) => ({ at: at.toISOString(), value })),
  }
}
