import { Client } from 'pg'

/** The foreign keys of a migrated schema, as PostgreSQL writes them, after the names of their tables. */
export async function foreignKeys(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ key: string }>(
      `select relname || ' ' || pg_get_constraintdef(o.oid, true) as key
       from pg_constraint o join pg_class c on c.oid = conrelid
       where contype = 'f' and relnamespace = current_schema::regnamespace order by relname, conname`,
    )
    return rows.map(({ key }) => key)
  } finally {
    await client.end()
  }
}
