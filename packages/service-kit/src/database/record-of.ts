import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'

/** All columns of an entity by column name, as `jsonb_populate_record` takes them in raw SQL. */
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
