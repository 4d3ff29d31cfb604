import type { MigrationInterface, QueryRunner } from 'typeorm'

export class MissingPublications1796400100000 implements MigrationInterface {
  name = 'MissingPublications1796400100000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table post_publications add column missing_since timestamptz;
      create index post_publications_unheard on post_publications (due_at)
        where revision = 0 and state = 'planned' and missing_since is null;
      create index post_publications_missing on post_publications (workspace_id, due_at, id)
        where missing_since is not null`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table post_publications drop column missing_since')
  }
}
