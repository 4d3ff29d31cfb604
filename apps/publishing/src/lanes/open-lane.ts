import { manifestOf } from '@hamava/networks/rules'
import type { EntityManager } from 'typeorm'
import type { ChannelRow } from '../channels/channel.entity.ts'
import { freshQuotas } from './quota.ts'

/** Creates the lane of a connected channel; on a reconnect, resets the waits and failures of the old access. */
export async function openLane(
  manager: EntityManager,
  { id, workspaceId, network }: ChannelRow,
  app: string | null,
): Promise<void> {
  const manifest = manifestOf(network)
  await manager.query(
    `insert into lanes (channel_id, workspace_id, network, app, quotas, next_at)
     values ($1, $2, $3, $4, $5, clock_timestamp())
     on conflict (channel_id) do update
     set app = excluded.app, trouble = 0, waits_until = null,
         next_at = greatest(clock_timestamp(), lanes.lease_until)`,
    [
      id,
      workspaceId,
      network,
      app,
      JSON.stringify(manifest ? freshQuotas(manifest, 'channel') : []),
    ],
  )
}
