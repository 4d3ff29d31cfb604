import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'

/** Some columns of an entity, for a statement that writes many of its rows from one JSON parameter. */
export interface BatchColumns<T> {
  /** `state text, part integer`: the columns of `jsonb_to_recordset(…) as n(…)`. */
  definition: string
  /** `state = n.state, part = n.part`, without the id. */
  assignments(alias: string): string
  /** A row by the names of these columns. A JSON column that is null is left out: its null would be JSON's. */
  recordOf(row: T): Record<string, unknown>
}

const known = new WeakMap<DataSource, Map<string, BatchColumns<never>>>()

/** The columns of these properties, read from the entity once for each data source. */
export function batchColumns<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T> & { name: string },
  properties: readonly (keyof T & string)[],
): BatchColumns<T> {
  const { dataSource } = manager
  const ofSource = known.get(dataSource) ?? new Map<string, BatchColumns<never>>()
  known.set(dataSource, ofSource)
  const key = `${entity.name} ${properties.join()}`
  const before = ofSource.get(key)
  if (before) return before as BatchColumns<T>
  const { columns } = dataSource.getMetadata(entity)
  const chosen = properties.map((property) => {
    const column = columns.find(({ propertyName }) => propertyName === property)
    if (!column) throw new Error(`${entity.name} has no column for ${property}`)
    const type = dataSource.driver.normalizeType(column)
    return { property, name: column.databaseName, type, isJson: type === 'jsonb' }
  })
  const made: BatchColumns<T> = {
    definition: chosen.map(({ name, type }) => `${name} ${type}`).join(', '),
    assignments: (alias) =>
      chosen
        .flatMap(({ name }) => (name === 'id' ? [] : [`${name} = ${alias}.${name}`]))
        .join(', '),
    recordOf: (row) =>
      Object.fromEntries(
        chosen.map(({ property, name, isJson }) => {
          const value: unknown = row[property]
          return [name, isJson && value === null ? undefined : value]
        }),
      ),
  }
  ofSource.set(key, made as BatchColumns<never>)
  return made
}
