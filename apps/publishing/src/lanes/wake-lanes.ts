import type { EntityManager } from 'typeorm'
import type { PublicationRow } from '../publications/publication.entity.ts'

type Waker = Pick<PublicationRow, 'channelId' | 'workspaceId' | 'network' | 'nextAttemptAt'>

/**
 * Tells lanes that a publication was added or changed. Called before publications are locked: everywhere lanes are
 * locked first, in the order of their ids, so that no deadlock arises.
 */
export async function wakeLanes(manager: EntityManager, wakers: Waker[]): Promise<void> {
  if (wakers.length === 0) return
  await manager.query(
    `insert into lanes (channel_id, workspace_id, network, next_at)
     select channel_id, min(workspace_id), min(network), greatest(min(at), clock_timestamp())
     from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as w(channel_id, workspace_id, network, at)
     group by channel_id order by channel_id
     on conflict (channel_id) do update
     set next_at = greatest(least(lanes.next_at, excluded.next_at), lanes.waits_until, lanes.lease_until)`,
    [
      wakers.map((one) => one.channelId),
      wakers.map((one) => one.workspaceId),
      wakers.map((one) => one.network),
      wakers.map((one) => one.nextAttemptAt),
    ],
  )
}
