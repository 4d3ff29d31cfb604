import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What was looked for and is not up is in doubt no longer; a key that the network has answered under is used up; servers differ. */
export class DoubtsThatWereCleared1796500000000 implements MigrationInterface {
  name = 'DoubtsThatWereCleared1796500000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table publications
        add column cleared_up_to int not null default 0,
        add column key_turn int not null default 0;
      alter table channels
        add column limits jsonb not null default '{}',
        add column server_read_at timestamptz not null default now()`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table channels drop column limits, drop column server_read_at;
      alter table publications drop column cleared_up_to, drop column key_turn`)
  }
}
