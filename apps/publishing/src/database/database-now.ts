import type { EntityManager } from 'typeorm'

/** The time by the database's clock, the only one that decides: the clocks of replicas may be wrong. */
export async function databaseNow(manager: EntityManager): Promise<Date> {
  const [row] = await manager.query<{ now: Date }[]>('select clock_timestamp() as now')
  if (!row) throw new Error('the database does not tell the time')
  return row.now
}
