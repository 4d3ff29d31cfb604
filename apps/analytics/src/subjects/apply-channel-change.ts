import type { Tx } from '@hamava/bus'
import { type BodyOf, channelAfter, type channelChanged } from '@hamava/contracts'

/** Begins or stops to measure a channel. */
export async function applyChannelChange(
  tx: Tx,
  change: BodyOf<typeof channelChanged>,
): Promise<void> {
  const channel = channelAfter(change)
  if (!channel) return
  const { workspaceId, network, version, isActive } = channel
  await tx.manager.query(
    `insert into measured_channels (channel_id, workspace_id, network, version, is_active)
     values ($1, $2, $3, $4, $5)
     on conflict (channel_id) do update
     set version = excluded.version, is_active = excluded.is_active, not_before = now(), failures = 0
     where measured_channels.version < excluded.version`,
    [change.channelId, workspaceId, network, version, isActive],
  )
}
