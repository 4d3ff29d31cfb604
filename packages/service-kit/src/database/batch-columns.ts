import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'

/** Some columns of a row as they are written; a time may still be the text that an event brought. */
export type BatchRow<T, P extends keyof T> = {
  [K in P]: T[K] | (Date extends T[K] ? string : never)
}

/** Some columns of an entity, for a statement that writes many of its rows from one JSON parameter. */
export interface BatchColumns<T, P extends keyof T> {
  table: string
  /** `state, part`: the columns of the table. */
  names: string
  /** `state text, part integer`: the columns of `jsonb_to_recordset(…) as n(…)`. */
  definition: string
  /** `state = n.state, part = n.part`, without the primary key. */
  assignments(alias: string): string
  nameOf(property: P): string
  /** A row by the names of these columns. */
  recordOf(row: BatchRow<T, P>): Record<string, unknown>
}

const known = new WeakMap<DataSource, Map<string, BatchColumns<never, never>>>()

/** The columns of these properties, read from the entity once for each data source. */
export function batchColumns<T extends ObjectLiteral, P extends keyof T & string>(
  { dataSource }: Pick<EntityManager, 'dataSource'>,
  entity: EntityTarget<T> & { name: string },
  properties: readonly P[],
): BatchColumns<T, P> {
  const ofSource = known.get(dataSource) ?? new Map<string, BatchColumns<never, never>>()
  known.set(dataSource, ofSource)
  const key = `${entity.name} ${properties.join()}`
  const before = ofSource.get(key)
  if (before) return before as unknown as BatchColumns<T, P>
  const made = readColumns(dataSource, entity, properties)
  ofSource.set(key, made as unknown as BatchColumns<never, never>)
  return made
}

function readColumns<T extends ObjectLiteral, P extends keyof T & string>(
  dataSource: DataSource,
  entity: EntityTarget<T>,
  properties: readonly P[],
): BatchColumns<T, P> {
  const { name: entityName, tableName, columns } = dataSource.getMetadata(entity)
  const chosen = properties.map((property) => {
    const column = columns.find(({ propertyName }) => propertyName === property)
    if (!column) throw new Error(`${entityName} has no column for ${property}`)
    const { databaseName: name, isPrimary } = column
    return { property, name, isPrimary, type: dataSource.driver.normalizeType(column) }
  })
  const nameBy = new Map(chosen.map(({ property, name }) => [property, name]))
  const changeable = chosen.filter(({ isPrimary }) => !isPrimary)
  return {
    table: tableName,
    names: chosen.map(({ name }) => name).join(', '),
    definition: chosen.map(({ name, type }) => `${name} ${type}`).join(', '),
    assignments: (alias) => changeable.map(({ name }) => `${name} = ${alias}.${name}`).join(', '),
    nameOf: (property) => nameBy.get(property) ?? '',
    recordOf: (row) =>
      Object.fromEntries(chosen.map(({ property, name }) => [name, row[property]])),
  }
}
