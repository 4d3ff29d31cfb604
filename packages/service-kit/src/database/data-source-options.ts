import type { DataSourceOptions, EntityTarget, MigrationInterface, ObjectLiteral } from 'typeorm'
import { SnakeNaming } from './snake-naming.ts'

type EntityClass = EntityTarget<ObjectLiteral> & (new () => object)
type MigrationClass = new () => MigrationInterface

/** What a service's database consists of. */
export interface DatabaseParts {
  entities: EntityClass[]
  migrations: MigrationClass[]
  /** Settings of the server for its connections, as `-c name=value …`. */
  settings?: string
}

/** How every service opens its PostgreSQL schema. */
export function dataSourceOptions(
  url: string,
  { entities, migrations, settings }: DatabaseParts,
  poolSize = 10,
): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings ? withSettings(url, settings) : url,
    entities,
    migrations,
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    poolSize,
    installExtensions: false,
    extra: {
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    },
  }
}

/** Merges `settings` into the URL: its own `options`, such as the search_path, would override separate ones. */
function withSettings(address: string, settings: string): string {
  const url = new URL(address)
  const own = url.searchParams.get('options')
  // Spaces as %20: not every reader takes a plus for a space.
  const all = encodeURIComponent(own ? `${own} ${settings}` : settings)
  url.searchParams.delete('options')
  return `${url}${url.search ? '&' : '?'}options=${all}`
}
