import { randomBytes } from 'node:crypto'
import type { Tx } from '@hamava/bus'
import type { BodyOf, channelChanged } from '@hamava/contracts'

const secret = () => randomBytes(32).toString('base64url')

/**
 * Begins or stops to listen to a channel. What came before is kept, and so is the place up to which it
 * was read; only the webhook is registered anew, as the account's access is another one.
 */
export async function noteChannel(
  tx: Tx,
  { channelId, action, before, after }: BodyOf<typeof channelChanged>,
): Promise<void> {
  const channel = after ?? before
  if (!channel) return
  const isActive = action !== 'needs_reconnect' && action !== 'removed'
  // A removed channel has no version any more; it is the change after the last one.
  const version = after ? after.version : channel.version + 1
  await tx.manager.query(
    `insert into sources
       (channel_id, workspace_id, network, version, is_active, webhook_token, webhook_secret)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (channel_id) do update
     set version = excluded.version, is_active = excluded.is_active, next_poll_at = now(), failures = 0,
         webhook_url = case when excluded.is_active then null else sources.webhook_url end,
         webhook_retry_at = null
     where sources.version < excluded.version`,
    [channelId, channel.workspaceId, channel.network, version, isActive, secret(), secret()],
  )
}
