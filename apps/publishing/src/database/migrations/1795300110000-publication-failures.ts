import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Failures in a row are counted apart from attempts, whose numbers never go back. */
export class PublicationFailures1795300110000 implements MigrationInterface {
  name = 'PublicationFailures1795300110000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table publications add column failures int not null default 0')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table publications drop column failures')
  }
}
