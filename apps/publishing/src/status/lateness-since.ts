import type { PublishingStatus } from '@hamava/contracts'
import type { EntityManager } from 'typeorm'

/** Later than this after the due time, a request was not on time. */
export const onTimeMs = 1_000

/** Whose publications: of a workspace, and of some of its channels or (null) of all. */
interface Of {
  workspaceId: string
  channels: string[] | null
}

/** How late publications due from `from` to `to` left; only those of `of`, or of the whole installation. */
export async function latenessSince(
  manager: EntityManager,
  from: Date,
  to: Date,
  of?: Of,
): Promise<PublishingStatus['lateness']> {
  const at = (share: number) => `percentile_disc(${share}) within group (order by lateness_ms)::int`
  const [row] = await manager.query<PublishingStatus['lateness'][]>(
    `select count(*)::int as count, ${at(0.5)} as p50, ${at(0.95)} as p95, ${at(0.99)} as p99,
            max(lateness_ms)::int as max,
            (avg((lateness_ms <= ${onTimeMs})::int))::float as "onTimeRate"
     from publications
     where lateness_ms is not null and due_at >= $1 and due_at < $2
       and ($3::text is null or workspace_id = $3)
       and ($4::text[] is null or channel_id = any($4))`,
    [from, to, of?.workspaceId ?? null, of?.channels ?? null],
  )
  if (!row) throw new Error('the database answered nothing')
  return row
}
