import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Access is revoked of a channel that is there. Publications, attempts and lanes have no foreign keys: they are claimed
 * under row locks, which each check would join.
 */
export class ForeignKeys1796800000300 implements MigrationInterface {
  name = 'ForeignKeys1796800000300'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nobody writes in between; channels first, as those who write lock them first.
      lock table channels, revocations in share row exclusive mode;
      -- No channel was ever deleted, only marked. Without it, nobody can open what is to be revoked.
      delete from revocations r where not exists (select from channels where id = r.channel_id);
      alter table revocations add foreign key (channel_id) references channels`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table revocations drop constraint revocations_channel_id_fkey`)
  }
}
