import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Each change of state writes to every index that contains the row: so rare lookups get partial indexes without most
 * rows, and only one index serves a channel's line.
 */
export class FewerIndexes1796100000000 implements MigrationInterface {
  name = 'FewerIndexes1796100000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index publications_channel;
      drop index publications_due;
      create index publications_due on publications (due_at)
        where state = 'planned' and due_at > '-infinity';
      create index publications_attention on publications (channel_id)
        where state in ('failed', 'unconfirmed', 'missed', 'held')`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index publications_attention;
      drop index publications_due;
      create index publications_due on publications (next_attempt_at)
        where state in ('planned', 'pending', 'sending');
      create index publications_channel on publications (channel_id, state)`)
  }
}
