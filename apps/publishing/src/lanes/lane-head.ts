import { isUnderWay, mayLeave } from './work.ts'

/**
 * A publication that failed and will be tried again keeps its place in the line for this long after its due time; then
 * those behind it no longer wait. A publication that may be live already blocks none.
 */
const orderKeptMs = 10_000

/**
 * SQL for the one publication that is next on the channel `channel` (an SQL expression): what is due,
 * in the order of due times, else what will be due first. Null columns when nothing waits.
 * @param except more conditions on the publication `p`.
 * @param thread an SQL expression for the publication that has begun and goes first while it can go on.
 */
export const headOf = (
  channel: string,
  lateMinutes: string,
  { except = 'true', thread = 'null' } = {},
) => `(
  select c.* from (
    -- Found by its id before anything else is asked of it: no index of what is planned is read for it.
    (select p.* from (select * from publications where id = ${thread} offset 0) p
     where p.part > 0 and ${mayLeave(lateMinutes)} and p.next_attempt_at <= clock_timestamp())
    union all
    (select p.* from publications p
     where p.channel_id = ${channel} and p.state = 'planned' and ${except} and ${mayLeave(lateMinutes)}
       and (p.next_attempt_at <= clock_timestamp()
            or p.due_at > clock_timestamp() - ${orderKeptMs} * interval '1 ms')
     order by p.due_at, p.id limit 1)
    union all
    (select p.* from publications p
     where p.channel_id = ${channel} and ${except}
       and (p.state in ('sending', 'pending') or (p.state = 'planned' and p.failures > 0))
       and (${isUnderWay(lateMinutes)} or ${mayLeave(lateMinutes)})
     order by p.next_attempt_at limit 1)
  ) c
  order by c.next_attempt_at > clock_timestamp(), c.id is distinct from ${thread},
    case when c.next_attempt_at <= clock_timestamp() then c.due_at else c.next_attempt_at end, c.id
  limit 1)`
