import { prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import { headOf } from './lane-head.ts'
import type { Quota } from './quota.ts'
import { onTimeSince } from './work.ts'

/** What changes in a lane that is freed; fields left out stay, except that the wait ends. */
export interface Freed {
  channelId: string
  quotas?: Quota[] | undefined
  /** Null ends a wait. */
  waitsUntil?: Date | null | undefined
  trouble?: number | undefined
}

/**
 * Ends the leases of lanes and puts each in line again for its next publication: behind those that
 * wait already, so that one full lane does not keep the others waiting. With `owner`, only lanes
 * that are still leased by it.
 */
export async function freeLanes(
  manager: EntityManager,
  freed: Freed[],
  lateMinutes: number,
  owner: string | null = null,
): Promise<void> {
  if (freed.length === 0) return
  await prepared(
    manager,
    `update lanes l
     set lease_owner = null, lease_until = null,
         quotas = coalesce(f.quotas, l.quotas),
         trouble = coalesce(f.trouble, l.trouble),
         waits_until = f.waits_until,
         is_behind = coalesce(head.due_at < ${onTimeSince()}, false),
         next_at = case when head.id is not null
           then greatest(head.next_attempt_at, clock_timestamp(), f.waits_until) end
     from jsonb_to_recordset($1::jsonb) as f(channel_id text, quotas jsonb, waits_until timestamptz, trouble int)
     left join lateral ${headOf('f.channel_id', '$2')} head on true
     where l.channel_id = f.channel_id and ($3::text is null or l.lease_owner = $3)`,
    [
      JSON.stringify(
        freed.map(({ channelId, quotas, waitsUntil, trouble }) => ({
          channel_id: channelId,
          quotas,
          waits_until: waitsUntil,
          trouble,
        })),
      ),
      lateMinutes,
      owner,
    ],
  )
}

/**
 * Leases lanes: one publication of each is under way until the lane is freed or the lease is over. `is_behind` is
 * cleared: if the lease runs out, finding out what became of its publication is urgent, however late it is.
 */
export async function leaseLanes(
  manager: EntityManager,
  leased: Pick<Freed, 'channelId'>[],
  { owner, leaseMs }: { owner: string; leaseMs: number },
): Promise<void> {
  if (leased.length === 0) return
  await manager.query(
    `update lanes set lease_owner = $2, waits_until = null, is_behind = false,
       lease_until = clock_timestamp() + $3 * interval '1 ms',
       next_at = clock_timestamp() + $3 * interval '1 ms'
     where channel_id = any($1)`,
    [leased.map(({ channelId }) => channelId), owner, leaseMs],
  )
}

/** Ends this owner's leases, except of lanes with a publication in `sending`. */
export async function giveBackLanes(manager: EntityManager, owner: string): Promise<void> {
  await manager.query(
    `update lanes l set lease_owner = null, lease_until = null, next_at = clock_timestamp()
     where l.lease_owner = $1 and not exists (
       select 1 from publications p where p.channel_id = l.channel_id and p.lease_owner = $1
         and p.state = 'sending')`,
    [owner],
  )
}
