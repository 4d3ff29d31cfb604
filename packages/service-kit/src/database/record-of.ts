import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'

/** An entity by the names of its columns, all of them: what `jsonb_populate_record` takes in a statement of our own. */
export function recordOf<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  row: T,
): Record<string, unknown> {
  const { columns } = manager.dataSource.getMetadata(entity)
  return Object.fromEntries(
    columns.map(({ propertyName, databaseName }) => [databaseName, row[propertyName] ?? null]),
  )
}
