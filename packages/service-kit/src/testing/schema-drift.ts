import { DataSource } from 'typeorm'
import { type DatabaseParts, dataSourceOptions } from '../database/data-source-options.ts'

/** The statements that would bring the migrated schema to what the entities say; none when they agree. */
export async function schemaDrift(url: string, parts: DatabaseParts): Promise<string[]> {
  const dataSource = await new DataSource(dataSourceOptions(url, parts, 2)).initialize()
  try {
    const log = await dataSource.driver.createSchemaBuilder().log()
    return log.upQueries.map((query) => query.query)
  } finally {
    await dataSource.destroy()
  }
}
