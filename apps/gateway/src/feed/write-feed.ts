import type { SharedTx } from '@hamava/bus'

/** Writers take turns, so that the feed's numbers are committed in their order. */
const feedLock = 7_420_001

/** An event as the feed keeps it. */
export interface FeedEntry {
  id: string
  workspaceId: string
  type: string
  /** The channels it is about; null when it concerns none. */
  channelIds: string[] | null
  body: object
}

/** Puts events at the end of the feed, in their order. Until the commit, no other writer does. */
export async function writeFeed(
  { manager }: Pick<SharedTx, 'manager'>,
  entries: FeedEntry[],
): Promise<void> {
  await manager.query('select pg_advisory_xact_lock($1)', [feedLock])
  await manager.query(
    `insert into feed_events (id, workspace_id, type, channel_ids, body)
     select id, "workspaceId", type, "channelIds", body
     from rows from (jsonb_to_recordset($1::jsonb) as
       (id text, "workspaceId" text, type text, "channelIds" jsonb, body jsonb)) with ordinality
     order by ordinality`,
    [JSON.stringify(entries)],
  )
}
