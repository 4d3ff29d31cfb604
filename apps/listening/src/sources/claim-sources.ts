import { type DataSource, In } from 'typeorm'
import { SourceRow } from './source.entity.ts'

/** Longer than the longest reading: a source whose holder died is read again after it. */
const leaseMs = 120_000

/** Leases sources that are due, so that of several replicas one reads each. */
export async function claimSources(
  dataSource: DataSource,
  owner: string,
  limit: number,
): Promise<SourceRow[]> {
  const [rows] = await dataSource.query<[{ id: string }[], number]>(
    `update sources set lease_owner = $1, lease_until = now() + $2 * interval '1 ms'
     where channel_id in (
       select channel_id from sources
       where is_active and next_poll_at <= now() and (lease_until is null or lease_until < now())
       order by next_poll_at
       limit $3
       for update skip locked)
     returning channel_id as id`,
    [owner, leaseMs, limit],
  )
  if (rows.length === 0) return []
  return dataSource.getRepository(SourceRow).findBy({ channelId: In(rows.map(({ id }) => id)) })
}

/** Gives a source back, to be read again after a while; only its holder can. */
export async function releaseSource(
  dataSource: Pick<DataSource, 'query'>,
  { channelId, leaseOwner }: SourceRow,
  { afterMs, failures }: { afterMs: number; failures: number },
): Promise<void> {
  await dataSource.query(
    `update sources
     set lease_owner = null, lease_until = null, failures = $3, next_poll_at = now() + $4 * interval '1 ms'
     where channel_id = $1 and lease_owner = $2`,
    [channelId, leaseOwner, failures, Math.round(afterMs)],
  )
}
