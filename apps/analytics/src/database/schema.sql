-- Made by `npm run schema` from the migrations of analytics.

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

CREATE TABLE measured_channels (
  channel_id text NOT NULL,
  workspace_id text NOT NULL,
  network text NOT NULL,
  version integer NOT NULL,
  is_active boolean NOT NULL,
  next_collect_at timestamptz NOT NULL DEFAULT now(),
  not_before timestamptz NOT NULL DEFAULT now(),
  lease_owner text,
  lease_until timestamptz,
  failures integer NOT NULL DEFAULT 0,
  CONSTRAINT measured_channels_pkey PRIMARY KEY (channel_id)
);
CREATE INDEX measured_channels_active ON measured_channels USING btree (not_before) WHERE is_active;

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

CREATE TABLE series (
  id text NOT NULL,
  workspace_id text NOT NULL,
  channel_id text NOT NULL,
  network text NOT NULL,
  publication_id text,
  post_id text,
  metric text NOT NULL,
  latest_at timestamptz NOT NULL,
  latest_value double precision NOT NULL,
  CONSTRAINT series_pkey PRIMARY KEY (id)
);
CREATE INDEX series_listing ON series USING btree (workspace_id, id);
CREATE INDEX series_post ON series USING btree (post_id);
CREATE INDEX series_publication ON series USING btree (publication_id);

CREATE TABLE snapshots (
  series_id text NOT NULL,
  at timestamptz NOT NULL,
  value double precision NOT NULL,
  CONSTRAINT snapshots_pkey PRIMARY KEY (series_id, at)
);

CREATE TABLE stream_positions (
  stream text NOT NULL,
  created_at text NOT NULL,
  CONSTRAINT stream_positions_pkey PRIMARY KEY (stream)
);

CREATE TABLE subjects (
  publication_id text NOT NULL,
  workspace_id text NOT NULL,
  post_id text,
  channel_id text NOT NULL,
  network text NOT NULL,
  remote_id text NOT NULL,
  ref jsonb NOT NULL,
  published_at timestamptz NOT NULL,
  next_collect_at timestamptz,
  collected integer NOT NULL DEFAULT 0,
  misses integer NOT NULL DEFAULT 0,
  CONSTRAINT subjects_pkey PRIMARY KEY (publication_id)
);
CREATE INDEX subjects_due ON subjects USING btree (channel_id, next_collect_at) WHERE next_collect_at IS NOT NULL;

CREATE TABLE unfinished_events (
  id text NOT NULL,
  begun integer NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT unfinished_events_pkey PRIMARY KEY (id)
);

ALTER TABLE snapshots ADD CONSTRAINT snapshots_series_id_fkey FOREIGN KEY (series_id) REFERENCES series(id);
ALTER TABLE subjects ADD CONSTRAINT subjects_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES measured_channels(channel_id);
