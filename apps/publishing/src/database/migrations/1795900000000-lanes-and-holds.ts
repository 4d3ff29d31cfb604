import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Lanes put each channel's publications in one line; holds, policies, risks and evidence go with them. */
export class LanesAndHolds1795900000000 implements MigrationInterface {
  name = 'LanesAndHolds1795900000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lanes (
        channel_id text primary key,
        workspace_id text not null,
        network text not null,
        app text,
        next_at timestamptz,
        waits_until timestamptz,
        lease_owner text,
        lease_until timestamptz,
        trouble int not null default 0,
        quotas jsonb not null default '[]'
      ) with (fillfactor = 50);
      create index lanes_next on lanes (next_at) where next_at is not null;

      create table app_budgets (
        key text primary key,
        quotas jsonb not null
      );

      create table holds (
        id text primary key,
        workspace_id text not null,
        channel_id text,
        network text,
        campaign_id text,
        reason text not null,
        until timestamptz,
        placed_by text,
        placed_at timestamptz not null,
        released_at timestamptz
      );
      create index holds_listing on holds (workspace_id, placed_at, id);
      create index holds_active on holds (workspace_id) where released_at is null;

      create table risk_checks (
        id bigint generated always as identity primary key,
        workspace_id text not null,
        publication_id text,
        channel_id text,
        network text,
        campaign_id text,
        after text not null default ''
      );

      create table late_policies (
        workspace_id text primary key,
        late_minutes int not null
      );

      alter table publications
        add column campaign_id text,
        add column hold_id text,
        add column risks jsonb not null default '[]',
        add column prepared jsonb,
        add column evidence_head text,
        add column evidence_links int not null default 0,
        add column stuck_since timestamptz;
      drop index publications_claimable;
      create index publications_line on publications (channel_id, due_at, id) where state = 'planned';
      create index publications_waiting on publications (channel_id, next_attempt_at)
        where state in ('sending', 'pending') or (state = 'planned' and failures > 0);
      create index publications_due on publications (next_attempt_at)
        where state in ('planned', 'pending', 'sending');
      create index publications_held on publications (hold_id) where hold_id is not null;
      create index publications_at_risk on publications (workspace_id, created_at, id) where risks <> '[]';

      alter table attempts
        add column exchanges jsonb not null default '[]',
        add column hash text,
        add column link int;

      insert into lanes (channel_id, workspace_id, network, next_at)
      select c.id, c.workspace_id, c.network, now() from channels c where c.removed_at is null`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table attempts drop column exchanges, drop column hash, drop column link;
      drop index publications_at_risk;
      drop index publications_held;
      drop index publications_due;
      drop index publications_waiting;
      drop index publications_line;
      create index publications_claimable on publications (next_attempt_at)
        where state in ('planned', 'pending', 'sending');
      alter table publications
        drop column campaign_id, drop column hold_id, drop column risks, drop column prepared,
        drop column evidence_head, drop column evidence_links, drop column stuck_since;
      drop table risk_checks, late_policies, holds, app_budgets, lanes`)
  }
}
