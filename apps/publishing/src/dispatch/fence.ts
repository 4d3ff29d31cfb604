import type { DataSource } from 'typeorm'
import type { AttemptRow } from '../publications/attempt.entity.ts'

export interface FenceOptions {
  owner: string
  leaseMs: number
  lateMinutes: number
}

/** A publication that may leave now, with the attempt that was written for it. */
export interface Intent {
  publicationId: string
  attemptId: string
  step: AttemptRow['step']
}

/** The attempt that is written for a publication if it passes. */
export interface Wanted {
  publicationId: string
  attemptId: string
}

/**
 * The fence: one statement that looks at each leased row once more (still ours, still planned,
 * approved as it is, not too late), moves it to `sending` and writes the attempt. Only what it
 * returns may leave; cancelling and editing take the same row locks and so come before or after.
 */
export async function passFence(
  dataSource: DataSource,
  wanted: Wanted[],
  { owner, leaseMs, lateMinutes }: FenceOptions,
): Promise<Intent[]> {
  return dataSource.query<Intent[]>(
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
           lease_until = clock_timestamp() + $4 * interval '1 ms'
       from locked w
       where p.id = w.id and p.lease_owner = $3
         and ((p.state = 'planned'
               and p.approved_hash = p.snapshot_hash
               and p.next_attempt_at <= clock_timestamp()
               and (p.part > 0 or p.kind = 'message'
                    or p.due_at > now() - $5 * interval '1 minute'))
              or p.state = 'pending')
       returning p.id, w.attempt_id, p.attempt_count, p.part, p.snapshot_hash,
                 p.pending_state is not null as is_pending
     ), written as (
       insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key)
       select attempt_id, id, attempt_count, part, case when is_pending then 'check' else 'publish' end,
              $3, snapshot_hash, id || '-' || part
       from moved
       returning id, publication_id, step
     )
     select publication_id as "publicationId", id as "attemptId", step from written`,
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
export function passedAlready(dataSource: DataSource, wanted: Wanted[]): Promise<Intent[]> {
  return dataSource.query<Intent[]>(
    `select publication_id as "publicationId", id as "attemptId", step from attempts
     where id = any($1) and finished_at is null`,
    [wanted.map((one) => one.attemptId)],
  )
}
