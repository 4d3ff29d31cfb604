import type { EntityManager } from 'typeorm'
import { isHeld, mayLeave } from '../lanes/work.ts'

export interface FenceOptions {
  owner: string
  leaseMs: number
  lateMinutes: number
}

/** The attempt that is written for a publication if it passes. */
export interface Wanted {
  publicationId: string
  attemptId: string
}

/**
 * The lock that stands between what leaves and what stops it: intents share it, and who places a hold
 * takes it alone. So a hold knows all that passed before it, and nothing passes after it unseen.
 */
const gate = `hashtextextended('hamava publishing fence', 0)`
export const enterGate = `pg_advisory_xact_lock_shared(${gate})`
export const closeGate = `pg_advisory_xact_lock(${gate})`

/**
 * The fence: one statement that looks at each row under its lock (still planned, due, approved as it
 * is, not too late, not held), moves it to `sending` and writes the attempt. Only what it returns may
 * leave; cancelling and editing take the same row locks and so come before or after.
 */
export async function passFence(
  manager: EntityManager,
  wanted: Wanted[],
  { owner, leaseMs, lateMinutes }: FenceOptions,
): Promise<Wanted[]> {
  return manager.query<Wanted[]>(
    `with wanted as (
       select * from unnest($1::text[], $2::text[]) as w(id, attempt_id)
     ), locked as (
       -- In the order of ids, as every other change of several rows: nobody waits in a circle.
       select p.id, w.attempt_id from publications p join wanted w on w.id = p.id
       order by p.id for update of p
     ), moved as (
       update publications p
       set state = 'sending',
           attempt_count = p.attempt_count + 1,
           revision = p.revision + 1,
           lease_owner = $3,
           lease_until = clock_timestamp() + $4 * interval '1 ms'
       from locked w
       where p.id = w.id and p.next_attempt_at <= clock_timestamp()
         and (${mayLeave('$5')} or (p.state = 'pending' and not ${isHeld}))
       returning p.id, w.attempt_id, p.attempt_count, p.part, p.snapshot_hash,
                 p.pending_state is not null as is_pending
     ), written as (
       insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key)
       select attempt_id, id, attempt_count, part, case when is_pending then 'check' else 'publish' end,
              $3, snapshot_hash, id || '-' || part
       from moved
       returning id, publication_id
     )
     select publication_id as "publicationId", id as "attemptId" from written`,
    [
      wanted.map((one) => one.publicationId),
      wanted.map((one) => one.attemptId),
      owner,
      leaseMs,
      lateMinutes,
    ],
  )
}

/** Which of these passed after all, when the answer of the fence was lost: none of them has left yet. */
export function passedAlready(manager: EntityManager, wanted: Wanted[]): Promise<Wanted[]> {
  return manager.query<Wanted[]>(
    `select publication_id as "publicationId", id as "attemptId" from attempts
     where id = any($1) and finished_at is null`,
    [wanted.map((one) => one.attemptId)],
  )
}

/** Takes over what a replica that is gone left in `sending`: to find out, not to send. */
export async function takeOver(
  manager: EntityManager,
  ids: string[],
  { owner, leaseMs }: Pick<FenceOptions, 'owner' | 'leaseMs'>,
): Promise<string[]> {
  if (ids.length === 0) return []
  const [rows] = await manager.query<[{ id: string }[], number]>(
    `update publications p
     set lease_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 ms'
     where p.id = any($1) and p.state = 'sending' and p.next_attempt_at <= clock_timestamp()
       and (p.lease_until is null or p.lease_until <= clock_timestamp())
     returning p.id`,
    [ids, owner, leaseMs],
  )
  return rows.map((row) => row.id)
}
