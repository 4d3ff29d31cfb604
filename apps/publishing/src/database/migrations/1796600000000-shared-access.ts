import type { MigrationInterface, QueryRunner } from 'typeorm'

/** One access may lead to several channels, one app to many accesses; what is disconnected is revoked. */
export class SharedAccess1796600000000 implements MigrationInterface {
  name = 'SharedAccess1796600000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table channels
        add column mailbox text,
        add column unreadable jsonb;
      create index channels_mailbox on channels (mailbox) where mailbox is not null`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table channels drop column mailbox, drop column unreadable')
  }
}
