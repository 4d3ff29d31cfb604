import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'
import { type BatchRow, batchColumns } from './batch-columns.ts'
import { newestOf } from './newest-of.ts'

/** How a batch of rows is put into a table that may have some of them. */
export interface Upsert<P> {
  /** The primary key. */
  key: P
  /** The other columns of a new row. */
  columns: readonly P[]
  /** The columns that are overwritten in an existing row; if empty, it stays as it is. */
  update: readonly P[]
  /** One of `update`: an existing row with a higher version stays as it is. */
  version?: P
}

/**
 * Inserts or updates a batch of rows; of several states of one row the newest counts, or the last where there is no version.
 * Rows are written in the order of their keys, so that concurrent calls cannot deadlock. One statement. Returns the rows
 * that were written.
 */
export async function upsertNewer<T extends ObjectLiteral, P extends keyof T & string>(
  manager: EntityManager,
  entity: EntityTarget<T> & { name: string },
  rows: readonly BatchRow<T, P>[],
  { key, columns, update, version }: Upsert<P>,
): Promise<BatchRow<T, P>[]> {
  if (rows.length === 0) return []
  const inserted = batchColumns(manager, entity, [key, ...columns])
  const { table, names, nameOf } = inserted
  const newest = newestOf(rows, key, version)
  const changes = batchColumns(manager, entity, update).assignments('excluded')
  const unlessNewer = version && `where ${table}.${nameOf(version)} <= excluded.${nameOf(version)}`
  const written = await manager.query<{ id: BatchRow<T, P>[P] }[]>(
    `insert into ${table} (${names})
     select ${names} from jsonb_to_recordset($1::jsonb) as news (${inserted.definition})
     order by ${nameOf(key)}
     on conflict (${nameOf(key)}) do ${changes ? `update set ${changes} ${unlessNewer ?? ''}` : 'nothing'}
     returning ${nameOf(key)} as id`,
    [JSON.stringify([...newest.values()].map(inserted.recordOf))],
  )
  return written.flatMap(({ id }) => newest.get(id) ?? [])
}
