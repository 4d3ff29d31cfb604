import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import pg from 'pg'
import { freePort } from '../processes/free-port.ts'
import { launchUntilReady } from '../processes/launch.ts'
import { type PostgresOptions, postgresSpec, postgresUrl } from './postgres.ts'

const parent = mkdtempSync(join(tmpdir(), 'hamava-letters-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

it('makes a database that finds Persian words by their parts', async () => {
  expect(await askNewServer({})).toMatchObject({ locale: 'C.UTF-8', trigrams: 5 })
})

it('takes the next locale where the system lacks the first', async () => {
  const letters = ['xx_XX.UTF-8', 'C']
  expect(await askNewServer({ letters })).toMatchObject({ locale: 'C', trigrams: 0 })
})

async function askNewServer(more: Partial<PostgresOptions>) {
  const options: PostgresOptions = {
    folder: join(mkdtempSync(join(parent, 'data-')), 'postgres'),
    port: await freePort(),
    password: 'secret',
    logFile: join(parent, 'postgres.log'),
    durable: false,
    ...more,
  }
  const server = await launchUntilReady(await postgresSpec(options))
  const client = new pg.Client({ connectionString: postgresUrl(options, 'postgres') })
  try {
    await client.connect()
    await client.query('create extension pg_trgm')
    const { rows } = await client.query(
      `select datctype as locale, cardinality(show_trgm('کتاب')) as trigrams
       from pg_database where datname = current_database()`,
    )
    return rows[0]
  } finally {
    await client.end()
    await server.stop()
  }
}
