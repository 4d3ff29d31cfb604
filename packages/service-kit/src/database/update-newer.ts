import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'
import { type BatchRow, batchColumns } from './batch-columns.ts'
import { newestOf } from './newest-of.ts'

/** How a batch of rows from events or another service is written. */
export interface NewerUpdate<P> {
  /** The primary key. */
  key: P
  /** The column that says which state of a row is newer. */
  version: P
  /** The other columns that are written. */
  columns: readonly P[]
  /** Whether a row is also written over one of the same version. */
  orSame?: boolean
}

/**
 * Updates those rows of a batch that the table has with an older version; of several states of one row the newest counts.
 * Rows are locked in the order of their keys, so that concurrent calls cannot deadlock. One statement.
 */
export async function updateNewer<T extends ObjectLiteral, P extends keyof T & string>(
  manager: EntityManager,
  entity: EntityTarget<T> & { name: string },
  rows: readonly BatchRow<T, P>[],
  { key, version, columns, orSame = false }: NewerUpdate<P>,
): Promise<void> {
  if (rows.length === 0) return
  const written = batchColumns(manager, entity, [key, version, ...columns])
  const [id, revision] = [written.nameOf(key), written.nameOf(version)]
  await manager.query(
    `with news as (
       select * from jsonb_to_recordset($1::jsonb) as news (${written.definition})),
     locked as (
       select ${id} from ${written.table} where ${id} in (select ${id} from news) order by ${id} for update)
     update ${written.table} as known set ${written.assignments('news')}
     from news join locked using (${id})
     where known.${id} = news.${id} and known.${revision} ${orSame ? '<=' : '<'} news.${revision}`,
    [JSON.stringify([...newestOf(rows, key, version).values()].map(written.recordOf))],
  )
}
