import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Messages are of a conversation that is there, and so are those that they answer or take the place of. */
export class ForeignKeys1796800000100 implements MigrationInterface {
  name = 'ForeignKeys1796800000100'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nobody writes in between; conversations first, as those who write lock them first.
      lock table conversations, messages in share row exclusive mode;
      -- No conversation was ever deleted. A message of none is shown nowhere.
      delete from messages m where not exists (select from conversations where id = m.conversation_id);
      update messages m set reply_to = null
      where reply_to is not null and not exists (select from messages where id = m.reply_to);
      update messages m set replaces = null
      where replaces is not null and not exists (select from messages where id = m.replaces);
      alter table messages
        add foreign key (conversation_id) references conversations,
        add foreign key (reply_to) references messages,
        add foreign key (replaces) references messages;
      -- For the check when a message is deleted; most messages are in neither index.
      create index messages_reply_to on messages (reply_to) where reply_to is not null;
      create index messages_replaces on messages (replaces) where replaces is not null`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index messages_reply_to, messages_replaces;
      alter table messages
        drop constraint messages_conversation_id_fkey,
        drop constraint messages_reply_to_fkey,
        drop constraint messages_replaces_fkey`)
  }
}
