import pg from 'pg'
import { type PostgresOptions, postgresUrl } from './postgres.ts'

/** The name of the installation's database. */
export const database = 'hamava'

/** Extensions that any service's migrations may rely on; only the superuser may add some of them. */
const extensions = ['pg_trgm', 'btree_gin', 'btree_gist', 'unaccent']

/** Creates the database, and a role with a schema of its own for each service. Repeating it changes nothing. */
export async function prepareDatabase(
  server: PostgresOptions,
  database: string,
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  await withClient(postgresUrl(server, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      database,
    ])
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`)
  })
  await withClient(postgresUrl(server, database), async (client) => {
    await client.query(`revoke connect, temporary on database ${database} from public`)
    for (const extension of extensions) {
      await client.query(`create extension if not exists ${extension} with schema public`)
    }
    for (const [role, password] of Object.entries(passwords)) {
      if (role !== 'postgres') await prepareRole(client, database, role, password)
    }
  })
}

/** The address by which a service reaches its own schema. */
export function serviceUrl(
  server: Pick<PostgresOptions, 'port'>,
  database: string,
  service: string,
  password: string,
): string {
  const options = encodeURIComponent(`-c search_path=${service},public`)
  return `postgres://${service}:${password}@127.0.0.1:${server.port}/${database}?options=${options}`
}

async function prepareRole(
  client: pg.Client,
  database: string,
  role: string,
  password: string,
): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
  const name = client.escapeIdentifier(role)
  if (!rowCount) await client.query(`create role ${name} login`)
  await client.query(`alter role ${name} password ${client.escapeLiteral(password)}`)
  await client.query(`alter role ${name} set search_path to ${name}, public`)
  await client.query(`grant connect, temporary on database ${database} to ${name}`)
  await client.query(`create schema if not exists ${name} authorization ${name}`)
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
