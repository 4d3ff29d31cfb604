import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Publishing1795300100000 implements MigrationInterface {
  name = 'Publishing1795300100000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table channels (
        id text primary key,
        workspace_id text not null,
        network text not null,
        external_id text not null,
        handle text not null,
        name text not null,
        url text,
        credentials text not null,
        expires_at timestamptz,
        health text not null,
        health_reason jsonb,
        scopes jsonb not null,
        version int not null,
        created_at timestamptz not null default now(),
        removed_at timestamptz
      );
      create unique index channels_account on channels (workspace_id, network, external_id);
      create index channels_listing on channels (workspace_id, created_at, id);

      create table oauth_attempts (
        state text primary key,
        workspace_id text not null,
        network text not null,
        redirect_uri text not null,
        pending text not null,
        created_at timestamptz not null default now()
      );

      create table publications (
        id text primary key,
        workspace_id text not null,
        kind text not null,
        post_id text,
        message_id text,
        conversation_id text,
        channel_id text not null,
        network text not null,
        state text not null,
        version int not null,
        snapshot jsonb not null,
        snapshot_hash text not null,
        approved_hash text,
        due_at timestamptz not null,
        next_attempt_at timestamptz not null,
        lease_owner text,
        lease_until timestamptz,
        attempt_count int not null,
        part int not null,
        part_count int not null,
        live_parts jsonb not null,
        pending_state jsonb,
        absent_reads int not null,
        remote_id text,
        permalink text,
        published_at timestamptz,
        lateness_ms int,
        reason jsonb,
        revision int not null,
        created_at timestamptz not null default now()
      ) with (fillfactor = 70);
      create index publications_claimable on publications (next_attempt_at)
        where state in ('planned', 'pending', 'sending');
      create index publications_listing on publications (workspace_id, created_at, id);
      create index publications_post on publications (post_id);
      create index publications_channel on publications (channel_id, state);

      create table attempts (
        id text primary key,
        publication_id text not null,
        number int not null,
        part int not null,
        step text not null,
        lease_owner text not null,
        fingerprint text not null,
        idempotency_key text not null,
        started_at timestamptz not null default clock_timestamp(),
        finished_at timestamptz,
        outcome text,
        reason jsonb
      );
      create unique index attempts_publication on attempts (publication_id, number)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table attempts, publications, oauth_attempts, channels')
  }
}
