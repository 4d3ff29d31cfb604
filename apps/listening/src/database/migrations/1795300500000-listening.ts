import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Listening1795300500000 implements MigrationInterface {
  name = 'Listening1795300500000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sources (
        channel_id text primary key,
        workspace_id text not null,
        network text not null,
        version int not null,
        is_active boolean not null,
        cursor jsonb,
        next_poll_at timestamptz not null default now(),
        lease_owner text,
        lease_until timestamptz,
        failures int not null default 0,
        webhook_token text not null,
        webhook_secret text not null,
        webhook_url text,
        webhook_retry_at timestamptz
      );
      create index sources_due on sources (next_poll_at) where is_active;
      create unique index sources_webhook_token on sources (webhook_token);
      create table conversations (
        id text primary key,
        workspace_id text not null,
        channel_id text not null,
        network text not null,
        thread_key text not null,
        kind text not null,
        person jsonb not null,
        has_incoming boolean not null,
        about_post_id text,
        post_id text,
        publication_id text,
        state text not null,
        excerpt text not null,
        message_count int not null,
        last_message_at timestamptz not null,
        created_at timestamptz not null,
        version int not null
      );
      create unique index conversations_thread on conversations (channel_id, thread_key);
      create index conversations_listing on conversations (workspace_id, last_message_at, id);
      create index conversations_about on conversations (channel_id, about_post_id);
      create table messages (
        id text primary key,
        conversation_id text not null,
        channel_id text not null,
        direction text not null,
        author jsonb,
        member_id text,
        text text not null,
        at timestamptz not null,
        remote_id text,
        permalink text,
        ref jsonb,
        publication_id text,
        state text not null,
        revision int not null
      );
      create unique index messages_remote on messages (channel_id, remote_id);
      create unique index messages_publication on messages (publication_id);
      create index messages_of_conversation on messages (conversation_id, at, id);
      create table known_posts (
        publication_id text primary key,
        channel_id text not null,
        remote_id text not null,
        post_id text
      );
      create index known_posts_remote on known_posts (channel_id, remote_id)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table known_posts, messages, conversations, sources')
  }
}
