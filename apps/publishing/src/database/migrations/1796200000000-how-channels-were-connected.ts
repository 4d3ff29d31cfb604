import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who connects a channel again does not type again what is no secret. */
export class HowChannelsWereConnected1796200000000 implements MigrationInterface {
  name = 'HowChannelsWereConnected1796200000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table channels add column connected_by jsonb;
      alter table oauth_attempts add column fields jsonb not null default '{}'`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table oauth_attempts drop column fields;
      alter table channels drop column connected_by`)
  }
}
