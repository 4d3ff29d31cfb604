import { createHash, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { DatabaseParts } from '../database/data-source-options.ts'
import { migrate } from '../database/migrate.ts'

export interface TestDatabase extends AsyncDisposable {
  url: string
  drop(): Promise<void>
}

/**
 * A database of its own for one test file: a clone of a template that was migrated once per run.
 * Needs `HAMAVA_TEST_DATABASE_URL`, which the test command sets.
 */
export async function testDatabase(parts: DatabaseParts): Promise<TestDatabase> {
  const template = `template_${fingerprint(parts)}`
  const name = `test_${randomBytes(8).toString('hex')}`
  await withServer(async (server) => {
    await ensureTemplate(server, template, parts)
    await server.query(`create database ${name} template ${template}`)
  })
  const drop = () =>
    withServer((server) => server.query(`drop database if exists ${name} with (force)`)).then(
      () => undefined,
    )
  return { url: databaseUrl(name), drop, [Symbol.asyncDispose]: drop }
}

async function ensureTemplate(server: Client, template: string, parts: DatabaseParts) {
  // Test files run side by side: one of them makes the template, the others wait for it.
  await server.query('select pg_advisory_lock(hashtext($1))', [template])
  try {
    const found = await server.query('select 1 from pg_database where datname = $1', [template])
    if (found.rowCount) return
    const draft = `${template}_draft`
    await server.query(`drop database if exists ${draft} with (force)`)
    await server.query(`create database ${draft}`)
    await migrate(databaseUrl(draft), parts)
    await server.query(`alter database ${draft} rename to ${template}`)
  } finally {
    await server.query('select pg_advisory_unlock(hashtext($1))', [template])
  }
}

function fingerprint(parts: DatabaseParts): string {
  const sources = parts.migrations.map((migration) => `${migration.name}:${migration.toString()}`)
  return createHash('sha256').update(sources.join()).digest('hex').slice(0, 16)
}

async function withServer<T>(work: (server: Client) => Promise<T>): Promise<T> {
  const server = new Client({ connectionString: serverUrl() })
  await server.connect()
  try {
    return await work(server)
  } finally {
    await server.end()
  }
}

function databaseUrl(name: string): string {
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return url.href
}

function serverUrl(): string {
  const url = process.env.HAMAVA_TEST_DATABASE_URL
  if (!url) throw new Error('HAMAVA_TEST_DATABASE_URL is not set: run the tests by `npm test`')
  return url
}
