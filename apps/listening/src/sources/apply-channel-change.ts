import { randomBytes } from 'node:crypto'
import type { Tx } from '@hamava/bus'
import { type BodyOf, channelAfter, type channelChanged } from '@hamava/contracts'

const secret = () => randomBytes(32).toString('base64url')

/**
 * Begins or stops to listen to a channel. What came before is kept, and so is the place up to which it
 * was read; only the webhook is registered again, as the account's access is another one.
 */
export async function applyChannelChange(
  tx: Tx,
  change: BodyOf<typeof channelChanged>,
): Promise<void> {
  const channel = channelAfter(change)
  if (!channel) return
  const { channelId, action } = change
  const isOtherAccess = action !== 'changed'
  if (isOtherAccess) await wakeSharers(tx, channelId)
  await tx.manager.query(
    `insert into sources
       (channel_id, workspace_id, network, version, is_active, webhook_token, webhook_secret,
        is_removed, external_id, handle, limits)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (channel_id) do update
     set version = excluded.version, is_active = excluded.is_active,
         next_poll_at = case when $12 then now() else sources.next_poll_at end,
         failures = case when $12 then 0 else sources.failures end,
         mailbox = case when excluded.is_active and $12 then null else sources.mailbox end,
         is_removed = excluded.is_removed, external_id = excluded.external_id, handle = excluded.handle,
         limits = excluded.limits,
         webhook_url = case when $12 and excluded.is_active then null else sources.webhook_url end,
         webhook_retry_at = case when $12 then null else sources.webhook_retry_at end
     where sources.version < excluded.version`,
    [
      channelId,
      channel.workspaceId,
      channel.network,
      channel.version,
      channel.isActive,
      secret(),
      secret(),
      action === 'removed',
      channel.externalId,
      channel.handle,
      channel.limits,
      isOtherAccess,
    ],
  )
}

/** The channel that reads for the others may now be another one. Locks rows in the same order as all who lock them. */
async function wakeSharers(tx: Tx, channelId: string): Promise<void> {
  await tx.manager.query(
    `with sharers as (
       select channel_id from sources
       where mailbox = (select mailbox from sources where channel_id = $1)
       order by channel_id for update)
     update sources set next_poll_at = now() where channel_id in (select channel_id from sharers)`,
    [channelId],
  )
}
