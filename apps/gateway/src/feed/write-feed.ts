import type { SharedTx } from '@hamava/bus'
import { batchColumns } from '@hamava/service-kit'
import { FeedEventRow } from './feed-event.entity.ts'

/** Writers of a workspace take turns, so that its numbers are committed in their order. */
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

/**
 * Puts events at the end of the feeds of their workspaces, in their order. Until the commit, no other writer does so
 * in these workspaces. The locks are taken in one order, so that no two writers wait for each other.
 */
export async function writeFeed(
  { manager }: Pick<SharedTx, 'manager'>,
  entries: FeedEntry[],
): Promise<void> {
  const workspaceIds = [...new Set(entries.map(({ workspaceId }) => workspaceId))]
  await manager.query(
    `select pg_advisory_xact_lock($1, key) from
       (select distinct hashtext(id) as key from unnest($2::text[]) as id order by key) as keys`,
    [feedLock, workspaceIds],
  )
  const { table, names, definition, recordOf } = batchColumns(manager, FeedEventRow, written)
  await manager.query(
    `insert into ${table} (${names})
     select ${names} from rows from (jsonb_to_recordset($1::jsonb) as (${definition})) with ordinality
     order by ordinality`,
    [JSON.stringify(entries.map(recordOf))],
  )
}

const written = ['id', 'workspaceId', 'type', 'channelIds', 'body'] as const
