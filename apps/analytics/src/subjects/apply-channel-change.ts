import type { Tx } from '@hamava/bus'
import type { BodyOf, channelChanged } from '@hamava/contracts'

/** Begins or stops to measure a channel. */
export async function applyChannelChange(
  tx: Tx,
  { channelId, action, before, after }: BodyOf<typeof channelChanged>,
): Promise<void> {
  const channel = after ?? before
  if (!channel) return
  const isActive = action !== 'needs_reconnect' && action !== 'removed'
  // A removed channel has no version any more; it is the change after the last one.
  const version = after ? after.version : channel.version + 1
  await tx.manager.query(
    `insert into measured_channels (channel_id, workspace_id, network, version, is_active)
     values ($1, $2, $3, $4, $5)
     on conflict (channel_id) do update
     set version = excluded.version, is_active = excluded.is_active, not_before = now(), failures = 0
     where measured_channels.version < excluded.version`,
    [channelId, channel.workspaceId, channel.network, version, isActive],
  )
}
