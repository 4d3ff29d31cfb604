import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'

/** The running system (`npm start`) that is measured; to be imported before anything that talks to it. */
const root = resolve(import.meta.dirname, '../../..')
process.env.HAMAVA_FLOWS_DEV ??= readFileSync(join(root, '.hamava/dev.json'), 'utf8')

const { databaseUrl } = JSON.parse(process.env.HAMAVA_FLOWS_DEV) as { databaseUrl: string }

export async function withDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await work(client).finally(() => client.end())
}
