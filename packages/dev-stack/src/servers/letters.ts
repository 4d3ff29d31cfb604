import pg from 'pg'
import { type PostgresOptions, postgresUrl } from './postgres.ts'

/** Whether trigrams and text search see letters in Persian texts; false for older data, made with LC_CTYPE C. */
export async function knowsPersianLetters(
  server: Pick<PostgresOptions, 'port' | 'password'>,
  database: string,
): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgresUrl(server, database) })
  await client.connect()
  try {
    const { rows } = await client.query<{ locale: string }>(
      'select datctype as locale from pg_database where datname = current_database()',
    )
    return !rows.some(({ locale }) => locale === 'C' || locale === 'POSIX')
  } finally {
    await client.end()
  }
}
