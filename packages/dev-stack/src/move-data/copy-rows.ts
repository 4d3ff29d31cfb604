import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { listSequences, listTables } from './list-tables.ts'

/**
 * Copies every row and the state of every sequence into a database with the same tables, in one transaction. Rows are
 * streamed; triggers and foreign keys are off, as the rows satisfied them in the old database.
 */
export async function copyRows(from: pg.Client, to: pg.Client): Promise<void> {
  const tables = await listTables(from)
  await to.query('begin; set local session_replication_role = replica')
  await to.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
  for (const { name, columns } of tables) {
    const what = `copy ${name} (${columns.join(', ')})`
    await pipeline(
      from.query(copyTo(`${what} to stdout (format binary)`)),
      to.query(copyFrom(`${what} from stdin (format binary, freeze)`)),
    )
  }
  for (const sequence of await listSequences(from)) {
    const { rows } = await from.query(`select last_value, is_called from ${sequence}`)
    await to.query('select setval($1, $2, $3)', [sequence, rows[0].last_value, rows[0].is_called])
  }
  await to.query('commit; analyze')
}
