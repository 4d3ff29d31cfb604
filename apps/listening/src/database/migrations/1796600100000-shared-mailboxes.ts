import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * One of the channels with the same access reads for all, and must know whom an item is for; answers say why they are
 * not out.
 */
export class SharedMailboxes1796600100000 implements MigrationInterface {
  name = 'SharedMailboxes1796600100000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table sources
        add column mailbox text,
        add column external_id text,
        add column handle text,
        add column limits jsonb not null default '{}',
        add column is_removed boolean not null default false,
        add column failing_since timestamptz,
        add column told_reason text;
      -- Each is asked at once whose mailbox it has; a mailbox has one address, whichever was noted.
      update sources set next_poll_at = now(), webhook_url = null, webhook_retry_at = null;
      alter table messages
        add column reply_to text,
        add column replaces text,
        add column reason jsonb;
      create index sources_mailbox on sources (mailbox, channel_id) where mailbox is not null`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table messages drop column reply_to, drop column replaces, drop column reason;
      alter table sources
        drop column mailbox, drop column external_id, drop column handle, drop column limits,
        drop column is_removed, drop column failing_since, drop column told_reason`)
  }
}
