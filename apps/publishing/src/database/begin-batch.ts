import type { EntityManager } from 'typeorm'

/**
 * Begins a transaction that touches some rows of large tables by their keys. Right after a start, or after much
 * was written at once, PostgreSQL may not know how large they are, and would read them whole.
 * @returns the database's clock: the one that decides, as replicas' own may be wrong.
 */
export async function beginBatch(manager: EntityManager, lock = 'null'): Promise<Date> {
  const [row] = await manager.query<{ now: Date }[]>(
    `select ${lock} as lock, set_config('enable_seqscan', 'off', true) as a,
       set_config('enable_hashjoin', 'off', true) as b, set_config('enable_mergejoin', 'off', true) as c,
       set_config('jit', 'off', true) as d, clock_timestamp() as now`,
  )
  if (!row) throw new Error('the database does not tell the time')
  return row.now
}
