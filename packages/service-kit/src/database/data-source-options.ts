import type { DataSourceOptions, EntityTarget, MigrationInterface, ObjectLiteral } from 'typeorm'
import { SnakeNaming } from './snake-naming.ts'

type EntityClass = EntityTarget<ObjectLiteral> & (new () => object)
type MigrationClass = new () => MigrationInterface

/** What a service's database consists of. */
export interface DatabaseParts {
  entities: EntityClass[]
  migrations: MigrationClass[]
}

/** How every service opens its PostgreSQL schema. */
export function dataSourceOptions(
  url: string,
  { entities, migrations }: DatabaseParts,
  poolSize = 10,
): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    poolSize,
    installExtensions: false,
    extra: { connectionTimeoutMillis: 10_000, keepAlive: true },
  }
}
