import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readOrMakeSecrets } from '../files/secrets.ts'
import { freePort } from '../processes/free-port.ts'
import { launchUntilReady } from '../processes/launch.ts'
import { postgresSpec, postgresUrl } from '../servers/postgres.ts'
import { database, prepareDatabase, serviceUrl } from '../servers/prepare-database.ts'
import { databaseOwners } from '../services.ts'
import { describeSchema } from './describe-schema.ts'
import { migrateHere } from './migrate-here.ts'

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
    await migrateHere((name) => serviceUrl(server, database, name, passwords[name] ?? ''))
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
