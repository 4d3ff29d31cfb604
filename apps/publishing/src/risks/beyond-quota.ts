import type { EntityManager } from 'typeorm'

/**
 * Those of `ids` that have more publications planned before them on their channel, within the window of a quota, than
 * the quota allows. Only lanes with that many publications are examined.
 */
export async function beyondQuota(manager: EntityManager, ids: string[]): Promise<Set<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `with quota as (
       select l.channel_id, floor((q->>'limit')::numeric / (q->>'cost')::numeric)::int as room,
              (q->>'windowMs')::bigint as window_ms
       from lanes l, jsonb_array_elements(l.quotas) as q
       where l.channel_id in (select channel_id from publications where id = any($1))
     ), full_lane as (
       select quota.* from quota
       where (select count(*) from (
         select 1 from publications p where p.channel_id = quota.channel_id and p.state = 'planned'
         limit quota.room + 1) as few) > quota.room)
     select distinct p.id from publications p join full_lane f on f.channel_id = p.channel_id
     where p.id = any($1) and f.room < (
       select count(*) from publications q
       where q.channel_id = p.channel_id and q.state = 'planned'
         and (q.due_at, q.id) <= (p.due_at, p.id)
         and q.due_at > p.due_at - f.window_ms * interval '1 ms')`,
    [ids],
  )
  return new Set(rows.map((row) => row.id))
}
