import type { EntityManager } from 'typeorm'

/** The one clock that decides: replicas' own may be wrong. */
export async function databaseNow(manager: EntityManager): Promise<Date> {
  const [row] = await manager.query<{ now: Date }[]>('select clock_timestamp() as now')
  if (!row) throw new Error('the database does not tell the time')
  return row.now
}
