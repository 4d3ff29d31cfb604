import { join } from 'node:path'
import {
  nodeFlags,
  type PostgresOptions,
  postgresUrl,
  prepareDatabase,
  program,
  repositoryRoot,
  runOnce,
  serviceUrl,
} from '@hamava/dev-stack/parts'
import pg from 'pg'

/** A database with the schemas of some services in it. */
export interface Database {
  readonly name: string
  /** As the superuser. */
  readonly pool: pg.Pool
  readonly url: string
  readonly urlOf: (service: string) => string
}

const password = 'bench'

/** Makes a database, and brings the services' schemas up to date by their own migrations. */
export async function makeDatabase(
  server: PostgresOptions,
  name: string,
  services: readonly string[],
): Promise<Database> {
  const roles = Object.fromEntries(services.map((service) => [service, password]))
  await prepareDatabase(server, name, roles)
  const urlOf = (service: string) => serviceUrl(server, name, service, password)
  for (const service of services) {
    await runOnce(`migrating ${service}`, {
      command: process.execPath,
      args: [...nodeFlags(service), program(repositoryRoot, service, 'migrate.js')],
      cwd: repositoryRoot,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: urlOf(service) },
      logFile: join(server.folder, '../migrate.log'),
    })
  }
  const url = postgresUrl(server, name)
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  // A stopped server cuts idle connections, too; the next query fails by itself, if there is one.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return { name, pool, url, urlOf }
}
