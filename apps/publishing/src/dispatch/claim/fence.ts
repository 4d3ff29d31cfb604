import { prepared } from '@hamava/service-kit'
import { type EntityManager, In, IsNull } from 'typeorm'
import { rowsOf } from '../../database/rows-of.ts'
import type { Quota } from '../../lanes/quota.ts'
import { mayGoOn, mayLeave } from '../../lanes/work.ts'
import { AttemptRow } from '../../publications/attempt.entity.ts'
import { idempotencyKeyOf, idempotencyKeySql } from '../../publications/idempotency-key.ts'
import { PublicationRow } from '../../publications/publication.entity.ts'

export interface FenceOptions {
  owner: string
  leaseMs: number
  lateMinutes: number
}

/** The attempt that is written for a publication if it passes. */
export interface PlannedAttempt {
  publicationId: string
  attemptId: string
  /** The lane's quotas after this attempt; left out, they stay unchanged. */
  quotas?: Quota[] | undefined
}

/** A publication that passed, with the attempt that was written for it. */
export interface Passed {
  row: PublicationRow
  attempt: AttemptRow
}

/**
 * The fence: one statement that looks at each row under its lock (still planned, or processed by the
 * network; due, approved as it is, not too late, not held), moves it to `sending` and writes the attempt. Only what it returns may
 * leave; cancelling and editing take the same row locks and so come before or after. The lanes of what
 * passes (locked by the caller) are leased with it.
 */
export async function passFence(
  manager: EntityManager,
  wanted: PlannedAttempt[],
  { owner, leaseMs, lateMinutes }: FenceOptions,
): Promise<Passed[]> {
  if (wanted.length === 0) return []
  const raw = await prepared<Raw>(
    manager,
    `with wanted as (
       select * from unnest($1::text[], $2::text[], $6::jsonb[]) as w(wanted_id, attempt_id, lane_quotas)
       order by wanted_id
     ), locked as (
       -- In the order of ids, as every other change of several rows: nobody waits in a circle. What is
       -- looked at is what the lock gave, and nothing but ids leads to the rows: that stays quick at any size.
       select * from wanted cross join lateral (select * from publications where id = wanted_id for update) as row
     ), passing as (
       select p.id as passing_id, p.attempt_id, p.lane_quotas from locked p
       where p.next_attempt_at <= clock_timestamp()
         and (${mayLeave('$5')} or ${mayGoOn('$5')})
     ), moved as (
       update publications p
       set state = 'sending',
           attempt_count = p.attempt_count + 1,
           revision = p.revision + 1,
           lease_owner = $3,
           lease_until = clock_timestamp() + $4 * interval '1 ms'
       from passing where p.id = passing_id
       returning p.*, attempt_id, lane_quotas, clock_timestamp() as started_at
     ), written as (
       insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key, started_at)
       select attempt_id, id, attempt_count, part, case when pending_state is null then 'publish' else 'check' end,
              $3, snapshot_hash, ${idempotencyKeySql('moved')}, started_at
       from moved
     ), leased as (
       update lanes l
       set lease_owner = $3, lease_until = clock_timestamp() + $4 * interval '1 ms',
           next_at = clock_timestamp() + $4 * interval '1 ms', waits_until = null, is_behind = false,
           quotas = coalesce(moved.lane_quotas, l.quotas)
       from moved where l.channel_id = moved.channel_id)
     select * from moved`,
    [
      wanted.map((one) => one.publicationId),
      wanted.map((one) => one.attemptId),
      owner,
      leaseMs,
      lateMinutes,
      wanted.map(({ quotas }) => (quotas ? JSON.stringify(quotas) : null)),
    ],
  )
  const rows = rowsOf(manager, PublicationRow, raw)
  return raw.flatMap(({ attempt_id, started_at }, at) => {
    const row = rows[at]
    return row ? [{ row, attempt: newAttempt(row, attempt_id, started_at, owner) }] : []
  })
}

type Raw = Record<string, unknown> & { attempt_id: string; started_at: Date }

const newAttempt = (
  row: PublicationRow,
  id: string,
  startedAt: Date,
  leaseOwner: string,
): AttemptRow => ({
  id,
  publicationId: row.id,
  number: row.attemptCount,
  part: row.part,
  step: row.pendingState === null ? 'publish' : 'check',
  leaseOwner,
  fingerprint: row.snapshotHash,
  idempotencyKey: idempotencyKeyOf(row),
  startedAt,
  finishedAt: null,
  outcome: null,
  reason: null,
  exchanges: [],
  link: null,
  hash: null,
})

/** Those of `wanted` that passed although the fence's answer was lost; none of them has left yet. */
export async function passedAlready(
  manager: EntityManager,
  wanted: PlannedAttempt[],
): Promise<Passed[]> {
  const attempts = await manager.findBy(AttemptRow, {
    id: In(wanted.map((one) => one.attemptId)),
    finishedAt: IsNull(),
  })
  const ids = attempts.map((one) => one.publicationId)
  const rows = await manager.findBy(PublicationRow, { id: In(ids) })
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  return attempts.flatMap((attempt) => {
    const row = rowOf.get(attempt.publicationId)
    return row ? [{ row, attempt }] : []
  })
}

/** Takes over publications that another replica left in `sending`: to find out their outcome, not to send. */
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
