import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Unlogged: what is lost with the server is a minute of counting. */
export class Throttles1796400300000 implements MigrationInterface {
  name = 'Throttles1796400300000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table spent_requests (
        who text primary key,
        window_at timestamptz not null,
        spent int not null
      );
      create index spent_requests_window on spent_requests (window_at);

      create unlogged table failed_logins (
        who text primary key,
        failures int not null,
        last_at timestamptz not null
      );
      create index failed_logins_last on failed_logins (last_at)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table failed_logins, spent_requests')
  }
}
