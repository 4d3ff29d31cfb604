import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Analytics1795300600000 implements MigrationInterface {
  name = 'Analytics1795300600000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table measured_channels (
        channel_id text primary key,
        workspace_id text not null,
        network text not null,
        version int not null,
        is_active boolean not null,
        next_collect_at timestamptz not null default now(),
        not_before timestamptz not null default now(),
        lease_owner text,
        lease_until timestamptz,
        failures int not null default 0
      );
      create index measured_channels_active on measured_channels (not_before) where is_active;
      create table subjects (
        publication_id text primary key,
        workspace_id text not null,
        post_id text,
        channel_id text not null,
        network text not null,
        remote_id text not null,
        ref jsonb not null,
        published_at timestamptz not null,
        next_collect_at timestamptz,
        collected int not null default 0,
        misses int not null default 0
      );
      create index subjects_due on subjects (channel_id, next_collect_at) where next_collect_at is not null;
      create table series (
        id text primary key,
        workspace_id text not null,
        channel_id text not null,
        network text not null,
        publication_id text,
        post_id text,
        metric text not null,
        latest_at timestamptz not null,
        latest_value double precision not null
      );
      create index series_listing on series (workspace_id, id);
      create index series_publication on series (publication_id);
      create index series_post on series (post_id);
      create table snapshots (
        series_id text not null,
        at timestamptz not null,
        value double precision not null,
        primary key (series_id, at)
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table snapshots, series, subjects, measured_channels')
  }
}
