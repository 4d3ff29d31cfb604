import type { MigrationInterface, QueryRunner } from 'typeorm'

/** One access may lead to several channels, one app to many accesses; what is disconnected is revoked. */
export class SharedAccess1796600000000 implements MigrationInterface {
  name = 'SharedAccess1796600000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table channels
        add column mailbox text,
        add column unreadable jsonb;
      create index channels_mailbox on channels (mailbox) where mailbox is not null;
      create table oauth_apps (
        id text primary key,
        network text not null,
        server text not null,
        app text not null,
        created_at timestamptz not null default now()
      );
      create table revocations (
        channel_id text primary key,
        network text not null,
        credentials text not null,
        tries int not null default 0,
        next_at timestamptz not null default now()
      );
      create index revocations_due on revocations (next_at)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table revocations, oauth_apps;
      alter table channels drop column mailbox, drop column unreadable`)
  }
}
