import type { MigrationInterface, QueryRunner } from 'typeorm'

export class UnsettledChanges1796900000000 implements MigrationInterface {
  name = 'UnsettledChanges1796900000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table unsettled_changes (
        post_id text primary key references posts (id),
        change_id text not null,
        version int not null,
        call jsonb not null,
        decision jsonb not null,
        idempotency jsonb,
        asked_at timestamptz not null
      );
      create index unsettled_changes_asked on unsettled_changes (asked_at)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table unsettled_changes')
  }
}
