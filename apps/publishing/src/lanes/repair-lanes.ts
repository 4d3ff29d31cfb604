import type { EntityManager } from 'typeorm'
import { isDueBy, isUnderWay, mayLeave, thisMoment } from './work.ts'

/** A publication due for a shorter time may just be in work: only those due for longer get their lanes repaired. */
const graceMs = 1_000

/**
 * Repairs lanes that do not know of a due publication, however long it has been due: after a crash, an older version
 * or a manual change in the database.
 */
export async function repairLanes(manager: EntityManager, lateMinutes: number): Promise<void> {
  const grown = `${thisMoment} - ${graceMs} * interval '1 ms'`
  await manager.query(
    `insert into lanes (channel_id, workspace_id, network, next_at)
     select p.channel_id, min(p.workspace_id), min(p.network), clock_timestamp()
     from (
       select p.channel_id, p.workspace_id, p.network from publications p
       where ${isDueBy(grown)} and p.next_attempt_at <= ${grown} and ${mayLeave('$1')}
       union all
       select p.channel_id, p.workspace_id, p.network from publications p
       where p.state in ('pending', 'sending') and p.next_attempt_at <= ${grown} and ${isUnderWay('$1')}
     ) p
     where not exists (select 1 from lanes l where l.channel_id = p.channel_id
         and (l.next_at <= clock_timestamp() or l.lease_until > clock_timestamp()
              or l.waits_until > clock_timestamp()))
     group by p.channel_id order by p.channel_id
     on conflict (channel_id) do update set next_at = excluded.next_at
     where lanes.lease_until is null or lanes.lease_until <= clock_timestamp()`,
    [lateMinutes],
  )
}
