import type { DataSource, EntityManager } from 'typeorm'
import { plannerSettings } from './database.ts'

/**
 * Reads many rows, in one snapshot, with PostgreSQL's default planner settings: the service's own settings suit access
 * by key. Do not call `prepared` in here: the plans made for its statements would stay.
 */
export function withPlannerDefaults<T>(
  dataSource: DataSource,
  read: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    // A longer idle limit is harmless, as reads lock no rows; hydrating many rows may take long.
    await manager.query(
      `select set_config(name, boot_val, true) from pg_settings where name = any($1)
       union all select set_config('idle_in_transaction_session_timeout', '1min', true)`,
      [Object.keys(plannerSettings)],
    )
    return read(manager)
  })
}
