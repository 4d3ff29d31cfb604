import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Lanes that are late already are told from those that can still be on time. */
export class LanesBehind1796000000000 implements MigrationInterface {
  name = 'LanesBehind1796000000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lanes add column is_behind boolean not null default false')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lanes drop column is_behind')
  }
}
