import type { DataSource } from 'typeorm'

export interface ClaimOptions {
  owner: string
  leaseMs: number
  limit: number
  /** Only these networks; all when empty. */
  networks: string[]
  lateMinutes: number
}

/** What the fence would let through at its time; the rest waits for approval, or to be marked as missed. */
const isWork = (late: string) => `(state in ('pending', 'sending') or (state = 'planned'
  and approved_hash = snapshot_hash
  and (part > 0 or kind = 'message' or due_at > now() - ${late} * interval '1 minute')))`

/**
 * Leases what is due. A lease is only a promise to look after a row: its state stays, and the fence
 * decides later. Rows whose holder is gone (lease over) are taken too, whatever had happened to them.
 */
export async function claimDue(
  dataSource: DataSource,
  { owner, leaseMs, limit, networks, lateMinutes }: ClaimOptions,
): Promise<string[]> {
  const [rows] = await dataSource.query<[{ id: string }[], number]>(
    `update publications set lease_owner = $1, lease_until = now() + $2 * interval '1 ms'
     where id in (
       select id from publications
       where state in ('planned', 'pending', 'sending')
         and next_attempt_at <= now()
         and ${isWork('$5')}
         and (lease_until is null or lease_until < now())
         and (cardinality($4::text[]) = 0 or network = any($4))
       order by next_attempt_at
       limit $3
       for update skip locked)
     returning id`,
    [owner, leaseMs, limit, networks, lateMinutes],
  )
  return rows.map((row) => row.id)
}

/** Milliseconds until something is due, by the database's clock; null when nothing is planned. */
export async function untilNextDue(
  dataSource: DataSource,
  { networks, lateMinutes }: Pick<ClaimOptions, 'networks' | 'lateMinutes'>,
): Promise<number | null> {
  const [row] = await dataSource.query<{ ms: number | null }[]>(
    `select (extract(epoch from min(greatest(next_attempt_at, coalesce(lease_until, next_attempt_at)))
              - clock_timestamp()) * 1000)::float as ms
     from (
       select next_attempt_at, lease_until from publications
       where state in ('planned', 'pending', 'sending')
         and ${isWork('$2')}
         and (cardinality($1::text[]) = 0 or network = any($1))
         and next_attempt_at < now() + interval '1 minute'
       order by next_attempt_at limit 1000) as soon`,
    [networks, lateMinutes],
  )
  return row?.ms ?? null
}

/** Gives back what was leased and not sent. */
export async function giveBack(dataSource: DataSource, owner: string, ids: string[] | null) {
  await dataSource.query(
    `update publications set lease_owner = null, lease_until = null
     where lease_owner = $1 and state in ('planned', 'pending') and ($2::text[] is null or id = any($2))`,
    [owner, ids],
  )
}
