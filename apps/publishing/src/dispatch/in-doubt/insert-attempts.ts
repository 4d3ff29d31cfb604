import { newId, prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import { rowsOf } from '../../database/rows-of.ts'
import { shareHoldLock } from '../../holds/hold-lock.ts'
import { isHeld } from '../../lanes/work.ts'
import { AttemptRow } from '../../publications/attempt.entity.ts'
import type { PublicationRow } from '../../publications/publication.entity.ts'
import type { AttemptOnLane } from '../settle/outcome-queue.ts'

/** What is to be asked of the network about a publication in doubt. */
export interface AttemptRequest {
  row: PublicationRow
  step: Extract<AttemptRow['step'], 'publish' | 'find'>
  /** The idempotency key of the requests in doubt: the network recognises a repetition only by it. */
  key: string
}

/**
 * Writes the attempts before their requests and renews the leases. Returns the attempts by publication id. Publications
 * that `owner` no longer leases get none, nor do held ones whose step is `publish`.
 */
export async function insertAttempts(
  manager: EntityManager,
  wanted: AttemptRequest[],
  { owner, leaseMs }: { owner: string; leaseMs: number },
): Promise<Map<string, AttemptOnLane>> {
  if (wanted.length === 0) return new Map()
  await prepared(manager, `select ${shareHoldLock}`)
  const raw = await prepared<Record<string, unknown> & { channel_id: string }>(
    manager,
    `with wanted as (
       select * from unnest($1::text[], $2::text[], $3::text[], $4::int[], $8::text[])
         as w(id, attempt_id, step, attempt_count, key)
     ), lane as materialized (
       select channel_id from lanes where channel_id = any($5) and lease_owner = $6
       order by channel_id for update
     ), ours as materialized (
       select p.id, w.attempt_id, w.step, w.key from publications p join wanted w on w.id = p.id
       where (select count(*) from lane) >= 0 and p.lease_owner = $6 and p.state = 'sending'
         and p.attempt_count = w.attempt_count and (w.step <> 'publish' or not ${isHeld})
       order by p.id for update of p
     ), moved as (
       update publications p
       set attempt_count = p.attempt_count + 1, lease_until = clock_timestamp() + $7 * interval '1 ms'
       from ours where p.id = ours.id
       returning p.id, p.channel_id, p.attempt_count, p.part, p.snapshot_hash, ours.attempt_id, ours.step, ours.key
     ), leased as (
       update lanes l
       set lease_until = clock_timestamp() + $7 * interval '1 ms',
           next_at = clock_timestamp() + $7 * interval '1 ms'
       from moved where l.channel_id = moved.channel_id and l.lease_owner = $6
     ), written as (
       insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key)
       select attempt_id, id, attempt_count, part, step, $6, snapshot_hash, key from moved
       returning *)
     select written.*, moved.channel_id from written join moved on moved.id = written.publication_id`,
    [
      wanted.map(({ row }) => row.id),
      wanted.map(() => newId('attempt')),
      wanted.map(({ step }) => step),
      wanted.map(({ row }) => row.attemptCount),
      wanted.map(({ row }) => row.channelId),
      owner,
      leaseMs,
      wanted.map(({ key }) => key),
    ],
  )
  const attempts = rowsOf(manager, AttemptRow, raw)
  return new Map(
    attempts.map((attempt, at) => [
      attempt.publicationId,
      { ...attempt, channelId: raw[at]?.channel_id ?? '' },
    ]),
  )
}
