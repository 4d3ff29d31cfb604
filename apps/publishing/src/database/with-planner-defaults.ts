import type { DataSource, EntityManager } from 'typeorm'
import { plannerSettings } from './database.ts'

/**
 * Reads many rows, in one snapshot, with the plans that PostgreSQL would choose by itself: the service's settings suit
 * work by keys. Statements of `prepared` do not belong in here, as the plans made for them would stay.
 */
export function withPlannerDefaults<T>(
  dataSource: DataSource,
  read: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    // Reading keeps no row from others, and making objects of many rows may take long.
    await manager.query(
      `select set_config(name, boot_val, true) from pg_settings where name = any($1)
       union all select set_config('idle_in_transaction_session_timeout', '1min', true)`,
      [Object.keys(plannerSettings)],
    )
    return read(manager)
  })
}
