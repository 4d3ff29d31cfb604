import type { EntityManager } from 'typeorm'
import { eventFrame } from './frames.ts'

/**
 * The frame of an event; null when the event is no longer kept. PostgreSQL writes the JSON: parsing and serialising
 * large events here would block all other callers.
 */
export async function readFrame(manager: EntityManager, seq: string): Promise<Buffer | null> {
  const [found] = await manager.query<{ seq: string; type: string; data: string }[]>(
    `select seq, type, (jsonb_build_object('id', id, 'type', type, 'at',
         to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) || body)::text as data
     from feed_events where seq = $1`,
    [seq],
  )
  return found ? eventFrame(found) : null
}
