import type pg from 'pg'

export interface Table {
  /** With its schema, quoted where needed. */
  readonly name: string
  /** All but generated columns. */
  readonly columns: readonly string[]
}

const outsideSystem = `nspname !~ '^pg_' and nspname <> 'information_schema'`

/** Every table of every schema. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select format('%I.%I', nspname, relname) as name,
           array_agg(quote_ident(attname) order by attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = relnamespace
    join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
    where relkind = 'r' and ${outsideSystem}
    group by nspname, relname order by nspname, relname`)
  return rows
}

/** Every sequence of every schema, with its schema. */
export async function listSequences(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', nspname, relname) as name
    from pg_class join pg_namespace n on n.oid = relnamespace
    where relkind = 'S' and ${outsideSystem} order by 1`)
  return rows.map(({ name }) => name)
}

/** What a move must preserve besides rows, with access rights: databases, extensions, roles, schemas, tables. */
export async function listHoldings(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select concat_ws(' ', kind, name, rights::text) as name from (
      select 'database' as kind, datname::text as name, datacl as rights from pg_database
      union all select 'extension', extname, null from pg_extension
      union all select 'role', rolname, null from pg_roles
      union all select 'schema', nspname, nspacl from pg_namespace n where ${outsideSystem}
      union all
      select 'table', format('%I.%I of %I', nspname, relname, relowner::regrole), relacl
      from pg_class join pg_namespace n on n.oid = relnamespace
      where relkind not in ('i', 'I', 'c', 't') and ${outsideSystem}
    ) holdings order by 1`)
  return rows.map(({ name }) => name)
}
