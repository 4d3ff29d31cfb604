import { DataSource } from 'typeorm'
import { type DatabaseParts, dataSourceOptions } from './data-source-options.ts'

/**
 * Brings a service's schema up to date. Throws when the schema is newer than this program, instead
 * of working on data it does not know.
 */
export async function migrate(url: string, parts: DatabaseParts): Promise<string[]> {
  const dataSource = await new DataSource(dataSourceOptions(url, parts, 2)).initialize()
  try {
    await refuseNewerData(dataSource)
    const done = await dataSource.runMigrations({ transaction: 'each' })
    return done.map((migration) => migration.name)
  } finally {
    await dataSource.destroy()
  }
}

async function refuseNewerData(dataSource: DataSource): Promise<void> {
  const known = new Set(dataSource.migrations.map((m) => m.name ?? m.constructor.name))
  const [table] = await dataSource.query<{ found: string | null }[]>(
    `select to_regclass('migrations') as found`,
  )
  if (!table?.found) return
  const applied = await dataSource.query<{ name: string }[]>(
    'select name from migrations order by id',
  )
  const unknown = applied.map((row) => row.name).filter((name) => !known.has(name))
  if (unknown.length > 0) {
    throw new Error(
      `The data is from a newer version of Hamava (it has ${unknown.join(', ')}). ` +
        'Start that version, or restore a backup made before it.',
    )
  }
}
