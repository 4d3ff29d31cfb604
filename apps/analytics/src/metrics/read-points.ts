import type { DataSource } from 'typeorm'

export interface Point {
  at: Date
  value: number
}

interface Range {
  from?: string | undefined
  to?: string | undefined
}

const mostPoints = 1_000

/** The newest points of each series within a range, oldest first; `from` belongs to it, `to` does not. */
export async function readPoints(
  dataSource: DataSource,
  seriesIds: string[],
  { from, to }: Range,
): Promise<Map<string, Point[]>> {
  const rows = await dataSource.query<(Point & { id: string })[]>(
    `select ids.id, points.at, points.value
     from unnest($1::text[]) as ids (id)
     cross join lateral (
       select at, value from snapshots
       where series_id = ids.id
         and at >= coalesce($2::timestamptz, '-infinity') and at < coalesce($3::timestamptz, 'infinity')
       order by at desc limit $4) as points
     order by ids.id, points.at`,
    [seriesIds, from ?? null, to ?? null, mostPoints],
  )
  const points = new Map<string, Point[]>(seriesIds.map((id) => [id, []]))
  for (const { id, at, value } of rows) points.get(id)?.push({ at, value })
  return points
}
