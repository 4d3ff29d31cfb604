import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What is published as new begins another round; uploads that nothing will use are taken back. */
export class RoundsAndDiscards1796300000000 implements MigrationInterface {
  name = 'RoundsAndDiscards1796300000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table publications
        add column round int not null default 0,
        add column former_parts jsonb not null default '[]';
      -- What they count is told by the manifest, and with the next request.
      update lanes set quotas = '[]';
      alter table lanes add column thread text;
      create table discards (
        id bigint generated always as identity primary key,
        channel_id text not null,
        state jsonb not null,
        tries int not null default 0,
        next_at timestamptz not null default now()
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table discards;
      alter table lanes drop column thread;
      alter table publications drop column round, drop column former_parts`)
  }
}
