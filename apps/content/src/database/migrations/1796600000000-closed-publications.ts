import type { MigrationInterface, QueryRunner } from 'typeorm'

export class ClosedPublications1796600000000 implements MigrationInterface {
  name = 'ClosedPublications1796600000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table post_publications add column is_closed boolean not null default false',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table post_publications drop column is_closed')
  }
}
