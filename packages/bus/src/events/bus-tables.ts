import type { MigrationInterface, QueryRunner } from 'typeorm'
import { IdempotentRequest } from '../requests/idempotency.ts'
import { DeadLetterEntry } from './dead-letter.entity.ts'
import { HandledEvent } from './handled-event.entity.ts'
import { OutboxEntry, smallEventBytes } from './outbox.entity.ts'
import { StreamPosition } from './stream-position.entity.ts'
import { UnfinishedEvent } from './unfinished-event.entity.ts'

/** The tables that every service's schema has for its events. */
export const busEntities = [
  OutboxEntry,
  HandledEvent,
  DeadLetterEntry,
  IdempotentRequest,
  StreamPosition,
  UnfinishedEvent,
]

class BusTables1795300000000 implements MigrationInterface {
  name = 'BusTables1795300000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox (
        id text primary key,
        seq bigserial not null,
        event text not null,
        context jsonb not null,
        causation_id text,
        body jsonb not null,
        created_at timestamptz not null default now(),
        relayed_at timestamptz,
        stream_seq bigint
      );
      create index outbox_unrelayed on outbox (seq) where relayed_at is null;
      create index outbox_relayed_at on outbox (relayed_at);
      create table handled_events (
        id text primary key,
        handled_at timestamptz not null default now()
      );
      create index handled_events_at on handled_events (handled_at);
      create table dead_letters (
        id text primary key,
        event text not null,
        context jsonb not null,
        causation_id text,
        body jsonb not null,
        error text not null,
        deliveries int not null,
        failed_at timestamptz not null default now(),
        replayed_at timestamptz
      );
      create table idempotent_requests (
        key text primary key,
        fingerprint text not null,
        reply jsonb not null,
        at timestamptz not null default now()
      );
      create index idempotent_requests_at on idempotent_requests (at);
      create table stream_positions (
        stream text primary key,
        created_at text not null
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table outbox, handled_events, dead_letters, idempotent_requests, stream_positions',
    )
  }
}

class UnfinishedEvents1796100000000 implements MigrationInterface {
  name = 'UnfinishedEvents1796100000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table unfinished_events (
        id text primary key,
        begun int not null,
        begun_at timestamptz not null default now()
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table unfinished_events')
  }
}

class BoundedOutbox1796400000000 implements MigrationInterface {
  name = 'BoundedOutbox1796400000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox add column bytes int not null default 0;
      update outbox set bytes = octet_length(body::text) where relayed_at is null;
      create index outbox_unrelayed_large on outbox (seq)
        where relayed_at is null and bytes > ${smallEventBytes};
      alter table dead_letters add column direction text not null default 'incoming'`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table outbox drop column bytes; alter table dead_letters drop column direction',
    )
  }
}

/** What makes these tables; part of each service's migrations. */
export const busMigrations = [
  BusTables1795300000000,
  UnfinishedEvents1796100000000,
  BoundedOutbox1796400000000,
]
