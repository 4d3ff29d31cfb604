import type { PublishingStatus } from '@hamava/contracts'
import type { EntityManager } from 'typeorm'

/** Later than this after the due time, a request was not on time. */
export const onTimeMs = 1_000

/** How far from their due times publications left that were due in a span; one workspace's, or all. */
export async function latenessSince(
  manager: EntityManager,
  from: Date,
  to: Date,
  workspaceId: string | null = null,
): Promise<PublishingStatus['lateness']> {
  const at = (share: number) => `percentile_disc(${share}) within group (order by lateness_ms)::int`
  const [row] = await manager.query<PublishingStatus['lateness'][]>(
    `select count(*)::int as count, ${at(0.5)} as p50, ${at(0.95)} as p95, ${at(0.99)} as p99,
            max(lateness_ms)::int as max,
            (avg((lateness_ms <= ${onTimeMs})::int))::float as "onTimeRate"
     from publications
     where lateness_ms is not null and due_at >= $1 and due_at < $2
       and ($3::text is null or workspace_id = $3)`,
    [from, to, workspaceId],
  )
  if (!row) throw new Error('the database answered nothing')
  return row
}
