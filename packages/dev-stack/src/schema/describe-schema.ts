import type pg from 'pg'
import { readSchema } from './read-schema.ts'

/**
 * A schema as SQL, the same text for the same schema: tables by name, columns in their order, after each table what
 * belongs to it, foreign keys after all tables. Capitals come from PostgreSQL's own definitions.
 */
export async function describeSchema(client: pg.Client, schema: string): Promise<string> {
  const { functions, sequences, tables, columns, constraints, foreignKeys, indexes, triggers } =
    await readSchema(client, schema)
  const of = <T extends { table: string }>(rows: readonly T[], table: string) =>
    rows.filter((row) => row.table === table)
  const blocks = tables.map(({ name, kind, options }) => {
    const lines = [
      ...of(columns, name).map(({ definition }) => definition),
      ...of(constraints, name).map(({ definition }) => definition),
    ]
    return [
      `CREATE ${kind} ${name} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n)${options};`,
      ...of(sequences, name).map(({ definition }) => `${definition};`),
      ...of(indexes, name).map(({ definition }) => `${definition};`),
      ...of(triggers, name).map(({ definition }) => `${definition};`),
    ].join('\n')
  })
  const before = functions.map(({ definition }) => `${definition.trim()};`)
  const keys = foreignKeys.map(({ definition }) => `${definition};`).join('\n')
  return `${[...before, ...blocks, ...(keys ? [keys] : [])].join('\n\n')}\n`
}
