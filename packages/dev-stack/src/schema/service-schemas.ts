import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseParts, migrate } from '@hamava/service-kit'
import pg from 'pg'
import { readOrMakeSecrets } from '../files/secrets.ts'
import { freePort } from '../processes/free-port.ts'
import { launchUntilReady } from '../processes/launch.ts'
import { postgresSpec, postgresUrl } from '../servers/postgres.ts'
import { prepareDatabase, serviceUrl } from '../servers/prepare-database.ts'
import { program } from '../service-processes.ts'
import { databaseOwners } from '../services.ts'
import { repositoryRoot } from '../stack-options.ts'
import { describeSchema } from './describe-schema.ts'

const database = 'hamava'

/** The schema that each service's migrations make, as SQL, from an empty database of their own. */
export async function serviceSchemas(): Promise<Record<string, string>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hamava-schema-'))
  const { postgres: passwords } = readOrMakeSecrets(dataDir)
  const server = {
    folder: join(dataDir, 'postgres'),
    port: await freePort(),
    password: passwords.postgres ?? '',
    logFile: join(dataDir, 'postgres.log'),
    durable: false,
  }
  const running = await launchUntilReady(await postgresSpec(server))
  const client = new pg.Client({ connectionString: postgresUrl(server, database) })
  try {
    await prepareDatabase(server, database, passwords)
    await Promise.all(
      databaseOwners.map(async (service) => {
        const url = serviceUrl(server, database, service, passwords[service] ?? '')
        await migrate(url, await databasePartsOf(service))
      }),
    )
    await client.connect()
    const schemas: Record<string, string> = {}
    for (const service of databaseOwners) schemas[service] = await describeSchema(client, service)
    return schemas
  } finally {
    await client.end()
    await running.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** In this process: a program for each service would take most of the time to begin. */
async function databasePartsOf(service: string): Promise<DatabaseParts> {
  const { database } = await import(program(repositoryRoot, service, 'database/database.js'))
  return database
}
