import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'

/** Rows of raw SQL (`returning p.*`) as entities; TypeORM's own hydration costs several times as much. */
export function rowsOf<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  raw: Record<string, unknown>[],
): T[] {
  const { columns } = manager.dataSource.getMetadata(entity)
  return raw.map((row) => {
    const made: Record<string, unknown> = {}
    for (const { propertyName, databaseName, type } of columns) {
      made[propertyName] = fromJson(row[databaseName], type)
    }
    return made as T
  })
}

/** Inside JSON a time is a text. */
const fromJson = (value: unknown, type: unknown) =>
  type === 'timestamptz' && typeof value === 'string' ? new Date(value) : value
