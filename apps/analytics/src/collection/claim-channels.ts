import { type DataSource, In } from 'typeorm'
import { MeasuredChannelRow } from '../subjects/channel.entity.ts'

/** Longer than the longest collection: a channel whose holder died is measured again after it. */
const leaseMs = 120_000

/** Leases channels of which something is due, so that of several replicas one measures each. */
export async function claimChannels(
  dataSource: DataSource,
  owner: string,
  limit: number,
): Promise<MeasuredChannelRow[]> {
  const [rows] = await dataSource.query<[{ id: string }[], number]>(
    `update measured_channels set lease_owner = $1, lease_until = now() + $2 * interval '1 ms'
     where channel_id in (
       select channel_id from measured_channels c
       where is_active and not_before <= now() and (lease_until is null or lease_until < now())
         and (next_collect_at <= now()
           or exists (select 1 from subjects s
                      where s.channel_id = c.channel_id and s.next_collect_at <= now()))
       order by not_before
       limit $3
       for update skip locked)
     returning channel_id as id`,
    [owner, leaseMs, limit],
  )
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  return dataSource.getRepository(MeasuredChannelRow).findBy({ channelId: In(ids) })
}

/** Gives a channel back, not to be asked again for a while; only its holder can. */
export async function releaseChannel(
  dataSource: Pick<DataSource, 'query'>,
  { channelId, leaseOwner }: MeasuredChannelRow,
  { afterMs, failures }: { afterMs: number; failures: number },
): Promise<void> {
  await dataSource.query(
    `update measured_channels
     set lease_owner = null, lease_until = null, failures = $3, not_before = now() + $4 * interval '1 ms'
     where channel_id = $1 and lease_owner = $2`,
    [channelId, leaseOwner, failures, Math.round(afterMs)],
  )
}
