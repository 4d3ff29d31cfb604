import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Gateway1795300400000 implements MigrationInterface {
  name = 'Gateway1795300400000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table people (
        id text primary key,
        email text not null,
        name text not null,
        password_hash text not null,
        created_at timestamptz not null default now()
      );
      create unique index people_email on people (email);

      create table workspaces (
        id text primary key,
        name text not null,
        zone text not null,
        version int not null,
        created_at timestamptz not null default now()
      );

      create table members (
        id text primary key,
        workspace_id text not null,
        person_id text not null,
        role text not null,
        channel_ids jsonb,
        version int not null,
        created_at timestamptz not null default now()
      );
      create unique index members_person on members (workspace_id, person_id);
      create index members_of_person on members (person_id);

      create table sessions (
        id text primary key,
        token_hash text not null,
        csrf_token text not null,
        person_id text not null,
        member_id text not null,
        expires_at timestamptz not null,
        created_at timestamptz not null default now()
      );
      create unique index sessions_token on sessions (token_hash);

      create table api_keys (
        id text primary key,
        workspace_id text not null,
        name text not null,
        department text,
        prefix text not null,
        secret_hash text not null,
        scopes jsonb not null,
        channel_ids jsonb,
        owner_id text not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz not null default now()
      );
      create unique index api_keys_secret on api_keys (secret_hash);
      create index api_keys_listing on api_keys (workspace_id, id);

      create table audit_events (
        id text primary key,
        workspace_id text not null,
        at timestamptz not null default now(),
        actor jsonb not null,
        action text not null,
        subject jsonb not null,
        before jsonb,
        after jsonb
      );
      create index audit_events_listing on audit_events (workspace_id, id);
      create function refuse_change() returns trigger language plpgsql as $$
        begin raise exception 'the audit log is append-only'; end $$;
      create trigger audit_events_append_only before update or delete or truncate on audit_events
        for each statement execute function refuse_change();

      create table feed_events (
        seq bigserial primary key,
        id text not null,
        workspace_id text not null,
        type text not null,
        channel_ids jsonb,
        body jsonb not null,
        at timestamptz not null default now()
      );
      create index feed_events_workspace on feed_events (workspace_id, seq)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table feed_events, audit_events, api_keys, sessions, members, workspaces, people;
      drop function refuse_change`)
  }
}
