import type { EntityManager } from 'typeorm'
import { isUnderWay, mayLeave } from './work.ts'

/** A lane may be in work, or just about to be: only what has been due for longer is looked after. */
const graceMs = 1_000

/**
 * The sweep, without a limit to looking back: whatever is due and whose lane does not know it gets
 * into line. It mends what a crash, an older version or a hand in the database left behind.
 */
export async function repairLanes(manager: EntityManager, lateMinutes: number): Promise<void> {
  await manager.query(
    `insert into lanes (channel_id, workspace_id, network, next_at)
     select p.channel_id, min(p.workspace_id), min(p.network), clock_timestamp()
     from publications p
     where p.state in ('planned', 'pending', 'sending')
       and p.next_attempt_at <= clock_timestamp() - ${graceMs} * interval '1 ms'
       and (${mayLeave('$1')} or ${isUnderWay})
       and not exists (select 1 from lanes l where l.channel_id = p.channel_id
         and (l.next_at <= clock_timestamp() or l.lease_until > clock_timestamp()
              or l.waits_until > clock_timestamp()))
     group by p.channel_id order by p.channel_id
     on conflict (channel_id) do update set next_at = excluded.next_at
     where lanes.lease_until is null or lanes.lease_until <= clock_timestamp()`,
    [lateMinutes],
  )
}
