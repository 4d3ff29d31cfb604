-- Made by `npm run schema` from the migrations of scheduling.

CREATE TABLE calendar_entries (
  publication_id text NOT NULL,
  workspace_id text NOT NULL,
  post_id text NOT NULL,
  channel_id text NOT NULL,
  network text NOT NULL,
  due_at timestamptz NOT NULL,
  zone text NOT NULL,
  state text NOT NULL,
  excerpt text NOT NULL,
  version integer NOT NULL,
  revision integer NOT NULL,
  awaits_approval boolean NOT NULL DEFAULT false,
  CONSTRAINT calendar_entries_pkey PRIMARY KEY (publication_id)
);
CREATE INDEX calendar_by_post ON calendar_entries USING btree (post_id);
CREATE INDEX calendar_by_time ON calendar_entries USING btree (workspace_id, due_at, publication_id);

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

CREATE TABLE schedules (
  post_id text NOT NULL,
  workspace_id text NOT NULL,
  kind text NOT NULL,
  local text NOT NULL,
  zone text NOT NULL,
  due_at timestamptz NOT NULL,
  version integer NOT NULL,
  CONSTRAINT schedules_pkey PRIMARY KEY (post_id)
);

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
