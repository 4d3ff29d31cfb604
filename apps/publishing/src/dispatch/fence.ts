import { newId } from '@hamava/service-kit'
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

/**
 * The fence: one statement that looks at each leased row once more (still ours, still planned,
 * approved as it is, not too late), moves it to `sending` and writes the attempt. Only what it
 * returns may leave; cancelling and editing take the same row locks and so come before or after.
 */
export async function passFence(
  dataSource: DataSource,
  ids: string[],
  { owner, leaseMs, lateMinutes }: FenceOptions,
): Promise<Intent[]> {
  const attempts = ids.map(() => newId('attempt'))
  return dataSource.query<Intent[]>(
    `with wanted as (
       select * from unnest($1::text[], $2::text[]) as w(id, attempt_id)
     ), moved as (
       update publications p
       set state = 'sending',
           attempt_count = p.attempt_count + 1,
           lease_until = clock_timestamp() + $4 * interval '1 ms'
       from wanted w
       where p.id = w.id and p.lease_owner = $3
         and ((p.state = 'planned'
               and p.approved_hash = p.snapshot_hash
               and p.next_attempt_at <= clock_timestamp()
               and (p.attempt_count > 0 or p.kind = 'message'
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
    [ids, attempts, owner, leaseMs, lateMinutes],
  )
}
