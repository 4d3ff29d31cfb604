import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm'

/** A table that has one row per time a handler did its work. */
export class EffectsTable implements MigrationInterface {
  name = 'EffectsTable1795300000001'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table effects (event_id text not null)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table effects')
  }
}

export async function effectsOf(
  dataSource: DataSource,
): Promise<{ rows: number; distinct: number }> {
  const [counts] = await dataSource.query<{ rows: number; distinct: number }[]>(
    'select count(*)::int as rows, count(distinct event_id)::int as distinct from effects',
  )
  return counts ?? { rows: 0, distinct: 0 }
}
