import { type PostgresOptions, postgresUrl } from '@hamava/dev-stack/parts'
import pg from 'pg'

const shown = 15
const shownWidth = 110

interface Statement {
  readonly calls: number
  readonly ms: number
  readonly planning: number
  readonly rows: number
  readonly blocks: number
  readonly kilobytes: number
  readonly query: string
}

/** Says where PostgreSQL's time goes: by statement, as it counts them itself (nothing if it is gone already). */
export async function printStatements(server: PostgresOptions): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl(server, 'postgres') })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('create extension if not exists pg_stat_statements')
    const { rows } = await client.query<Statement>(
      `select calls::int, (total_exec_time + total_plan_time)::float as ms, total_plan_time::float as planning, rows::int,
         (shared_blks_hit + shared_blks_read)::float as blocks, (wal_bytes / 1024)::float as kilobytes, query
       from pg_stat_statements order by ms desc limit $1`,
      [shown],
    )
    console.log(
      `\n  postgres: ms in all | calls | ms each | of it planning | rows each | blocks each | kB of log each`,
    )
    for (const row of rows) console.log(`    ${lineOf(row)}`)
  } catch (error) {
    console.log(`\n  postgres cannot tell its statements: ${String(error)}`)
  } finally {
    await client.end().catch(() => {})
  }
}

function lineOf({ calls, ms, planning, rows, blocks, kilobytes, query }: Statement): string {
  const each = [ms, planning, rows, blocks, kilobytes].map((sum) =>
    (sum / calls).toFixed(1).padStart(8),
  )
  const text = query.replaceAll(/\s+/g, ' ').slice(0, shownWidth)
  return `${ms.toFixed(0).padStart(8)} ${`${calls}`.padStart(7)} ${each.join(' ')}  ${text}`
}
