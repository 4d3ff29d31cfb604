import type pg from 'pg'
import { describeSchema } from '../schema/describe-schema.ts'
import { databaseOwners } from '../services.ts'
import { listHoldings, listSequences, listTables } from './list-tables.ts'

/** What the new database lacks or has otherwise, compared before rows are copied; [] when nothing. */
export async function compareSchemas(from: pg.Client, to: pg.Client): Promise<string[]> {
  const there = await listHoldings(to)
  const differences = (await listHoldings(from)).filter((name) => !there.includes(name))
  for (const service of databaseOwners) {
    const [old, made] = [await describeSchema(from, service), await describeSchema(to, service)]
    const lines = made.split('\n')
    const line = old.split('\n').find((text, number) => text !== lines[number])
    if (old !== made) differences.push(`schema ${service}: ${line?.trim() ?? 'more than it had'}`)
  }
  return differences
}

export interface Comparison {
  readonly tables: number
  readonly rows: number
  /** Names of the tables and sequences that do not hold the same. */
  readonly different: readonly string[]
}

/** Compares the row counts and checksums of every table on both sides. */
export async function compareRows(from: pg.Client, to: pg.Client): Promise<Comparison> {
  const different: string[] = []
  let rows = 0
  const tables = await listTables(from)
  for (const { name } of tables) {
    const [old, made] = await Promise.all([checksumOf(from, name), checksumOf(to, name)])
    rows += Number(old.rows)
    if (old.rows !== made.rows || old.sum !== made.sum) different.push(name)
  }
  for (const name of await listSequences(from)) {
    const [old, made] = await Promise.all([stateOf(from, name), stateOf(to, name)])
    if (old !== made) different.push(name)
  }
  return { tables: tables.length, rows, different }
}

async function checksumOf(
  client: pg.Client,
  table: string,
): Promise<{ rows: string; sum: string }> {
  const { rows } = await client.query(`
    select count(*) as rows, sum(hashtextextended(whole_row::text, 0)::numeric)::text as sum
    from ${table} whole_row`)
  return rows[0]
}

async function stateOf(client: pg.Client, sequence: string): Promise<string> {
  const { rows } = await client.query(
    `select (last_value, is_called)::text as state from ${sequence}`,
  )
  return rows[0].state
}
