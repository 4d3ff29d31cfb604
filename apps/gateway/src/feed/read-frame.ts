import type { EntityManager } from 'typeorm'
import { eventFrame } from './frames.ts'

/**
 * An event as it is sent; null when it is no longer kept. PostgreSQL writes its JSON: read as an object and written again,
 * large events would keep everybody else waiting.
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
