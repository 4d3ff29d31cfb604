import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Scheduling1795300200000 implements MigrationInterface {
  name = 'Scheduling1795300200000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table schedules (
        post_id text primary key,
        workspace_id text not null,
        kind text not null,
        local text not null,
        zone text not null,
        due_at timestamptz not null,
        version int not null
      );
      create table calendar_entries (
        publication_id text primary key,
        workspace_id text not null,
        post_id text not null,
        channel_id text not null,
        network text not null,
        due_at timestamptz not null,
        local text not null,
        zone text not null,
        state text not null,
        excerpt text not null,
        version int not null,
        revision int not null
      );
      create index calendar_by_time on calendar_entries (workspace_id, due_at, publication_id);
      create index calendar_by_post on calendar_entries (post_id)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table calendar_entries, schedules')
  }
}
