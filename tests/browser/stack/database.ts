import pg from 'pg'
import { dev } from '../../flows/stack/api.ts'

const { databaseUrl } = dev as typeof dev & { databaseUrl: string }

export async function withDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await work(client).finally(() => client.end())
}
