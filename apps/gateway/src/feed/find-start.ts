import { AppError } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'

/** Whoever has missed more events than this reads everything again instead. */
export const mostReplayed = 1_000

/** Where a stream begins. */
export interface Start {
  seq: string
  /** The missed events are not sent: they are too many, no longer kept, or were never in this feed. */
  isReset: boolean
}

interface Positions {
  newest: string
  oldest: string | null
  last: string
  behind: number
}

/** From now on; or after the position `seen`, if all events since then are still kept. */
export async function findStart(
  manager: EntityManager,
  workspaceId: string,
  seen: string | null,
): Promise<Start> {
  const [found] = await manager.query<Positions[]>(
    `select coalesce((select max(seq) from feed_events where workspace_id = $1), 0)::text as newest,
       (select min(seq) from feed_events)::text as oldest,
       (select case when is_called then last_value else 0 end from feed_events_seq_seq)::text as last,
       (select count(*) from (select from feed_events where workspace_id = $1 and seq > $2 limit $3) since)::int as behind`,
    [workspaceId, seen, mostReplayed + 1],
  )
  const { newest, oldest, last, behind } = found ?? {
    newest: '0',
    oldest: null,
    last: '0',
    behind: 0,
  }
  if (seen === null) return { seq: newest, isReset: false }
  const position = BigInt(seen)
  const isOurs = position <= BigInt(last)
  const isKept = position >= (oldest === null ? BigInt(last) : BigInt(oldest) - 1n)
  if (!isOurs || !isKept || behind > mostReplayed) return { seq: newest, isReset: true }
  // A position from another workspace may be beyond the newest event of this one.
  return { seq: position < BigInt(newest) ? seen : newest, isReset: false }
}

/** The position in a `Last-Event-ID`. */
export function readLastSeen(header: string | string[] | undefined): string | null {
  if (!header) return null
  if (typeof header === 'string' && /^\d{1,18}$/.test(header)) return header
  throw new AppError('malformed_request', { detail: 'Last-Event-ID is not one of ours' })
}
