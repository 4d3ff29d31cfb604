import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How people want to read follows them from device to device. */
export class Preferences1796100200000 implements MigrationInterface {
  name = 'Preferences1796100200000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table people add column preferences jsonb')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table people drop column preferences')
  }
}
