-- Made by `npm run schema` from the migrations of listening.

CREATE TABLE conversations (
  id text NOT NULL,
  workspace_id text NOT NULL,
  channel_id text NOT NULL,
  network text NOT NULL,
  thread_key text NOT NULL,
  kind text NOT NULL,
  person jsonb NOT NULL,
  has_incoming boolean NOT NULL,
  about_post_id text,
  post_id text,
  publication_id text,
  state text NOT NULL,
  excerpt text NOT NULL,
  message_count integer NOT NULL,
  last_message_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  version integer NOT NULL,
  CONSTRAINT conversations_pkey PRIMARY KEY (id)
);
CREATE INDEX conversations_about ON conversations USING btree (channel_id, about_post_id);
CREATE INDEX conversations_listing ON conversations USING btree (workspace_id, last_message_at, id);
CREATE UNIQUE INDEX conversations_thread ON conversations USING btree (channel_id, thread_key);

CREATE TABLE dead_letters (
  id text NOT NULL,
  event text NOT NULL,
  context jsonb NOT NULL,
  causation_id text,
  body jsonb NOT NULL,
  error text NOT NULL,
  deliveries integer NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT now(),
  replayed_at timestamptz,
  direction text NOT NULL DEFAULT 'incoming'::text,
  CONSTRAINT dead_letters_pkey PRIMARY KEY (id)
);

CREATE TABLE handled_events (
  id text NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT handled_events_pkey PRIMARY KEY (id)
);
CREATE INDEX handled_events_at ON handled_events USING btree (handled_at);

CREATE TABLE idempotent_requests (
  key text NOT NULL,
  fingerprint text NOT NULL,
  reply jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT idempotent_requests_pkey PRIMARY KEY (key)
);
CREATE INDEX idempotent_requests_at ON idempotent_requests USING btree (at);

CREATE TABLE known_posts (
  publication_id text NOT NULL,
  channel_id text NOT NULL,
  remote_id text NOT NULL,
  post_id text,
  CONSTRAINT known_posts_pkey PRIMARY KEY (publication_id)
);
CREATE INDEX known_posts_remote ON known_posts USING btree (channel_id, remote_id);

CREATE TABLE messages (
  id text NOT NULL,
  conversation_id text NOT NULL,
  channel_id text NOT NULL,
  direction text NOT NULL,
  author jsonb,
  member_id text,
  text text NOT NULL,
  at timestamptz NOT NULL,
  remote_id text,
  permalink text,
  ref jsonb,
  publication_id text,
  state text NOT NULL,
  revision integer NOT NULL,
  reply_to text,
  replaces text,
  reason jsonb,
  CONSTRAINT messages_pkey PRIMARY KEY (id)
);
CREATE INDEX messages_of_conversation ON messages USING btree (conversation_id, at, id);
CREATE UNIQUE INDEX messages_publication ON messages USING btree (publication_id);
CREATE UNIQUE INDEX messages_remote ON messages USING btree (channel_id, remote_id);
CREATE INDEX messages_replaces ON messages USING btree (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX messages_reply_to ON messages USING btree (reply_to) WHERE reply_to IS NOT NULL;

CREATE TABLE migrations (
  id serial NOT NULL,
  "timestamp" bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id)
);

CREATE TABLE outbox (
  id text NOT NULL,
  seq bigserial NOT NULL,
  event text NOT NULL,
  context jsonb NOT NULL,
  causation_id text,
  body jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  relayed_at timestamptz,
  stream_seq bigint,
  bytes integer NOT NULL DEFAULT 0,
  CONSTRAINT outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_relayed_at ON outbox USING btree (relayed_at);
CREATE INDEX outbox_unrelayed ON outbox USING btree (seq) WHERE relayed_at IS NULL;
CREATE INDEX outbox_unrelayed_large ON outbox USING btree (seq) WHERE relayed_at IS NULL AND bytes > 32768;

CREATE TABLE sources (
  channel_id text NOT NULL,
  workspace_id text NOT NULL,
  network text NOT NULL,
  version integer NOT NULL,
  is_active boolean NOT NULL,
  cursor jsonb,
  next_poll_at timestamptz NOT NULL DEFAULT now(),
  lease_owner text,
  lease_until timestamptz,
  failures integer NOT NULL DEFAULT 0,
  webhook_token text NOT NULL,
  webhook_secret text NOT NULL,
  webhook_url text,
  webhook_retry_at timestamptz,
  mailbox text,
  external_id text,
  handle text,
  limits jsonb NOT NULL DEFAULT '{}'::jsonb,
  is_removed boolean NOT NULL DEFAULT false,
  failing_since timestamptz,
  told_reason text,
  CONSTRAINT sources_pkey PRIMARY KEY (channel_id)
);
CREATE INDEX sources_due ON sources USING btree (next_poll_at) WHERE is_active;
CREATE INDEX sources_mailbox ON sources USING btree (mailbox, channel_id) WHERE mailbox IS NOT NULL;
CREATE UNIQUE INDEX sources_webhook_token ON sources USING btree (webhook_token);

CREATE TABLE stream_positions (
  stream text NOT NULL,
  created_at text NOT NULL,
  CONSTRAINT stream_positions_pkey PRIMARY KEY (stream)
);

CREATE TABLE unfinished_events (
  id text NOT NULL,
  begun integer NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT unfinished_events_pkey PRIMARY KEY (id)
);

ALTER TABLE messages ADD CONSTRAINT messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id);
ALTER TABLE messages ADD CONSTRAINT messages_replaces_fkey FOREIGN KEY (replaces) REFERENCES messages(id);
ALTER TABLE messages ADD CONSTRAINT messages_reply_to_fkey FOREIGN KEY (reply_to) REFERENCES messages(id);
