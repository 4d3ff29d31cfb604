-- Made by `npm run schema` from the migrations of publishing.

CREATE TABLE app_budgets (
  key text NOT NULL,
  quotas jsonb NOT NULL,
  CONSTRAINT app_budgets_pkey PRIMARY KEY (key)
);

CREATE TABLE attempts (
  id text NOT NULL,
  publication_id text NOT NULL,
  number integer NOT NULL,
  part integer NOT NULL,
  step text NOT NULL,
  lease_owner text NOT NULL,
  fingerprint text NOT NULL,
  idempotency_key text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  outcome text,
  reason jsonb,
  exchanges jsonb NOT NULL DEFAULT '[]'::jsonb,
  hash text,
  link integer,
  CONSTRAINT attempts_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX attempts_publication ON attempts USING btree (publication_id, number);

CREATE TABLE channels (
  id text NOT NULL,
  workspace_id text NOT NULL,
  network text NOT NULL,
  external_id text NOT NULL,
  handle text NOT NULL,
  name text NOT NULL,
  url text,
  credentials text NOT NULL,
  expires_at timestamptz,
  health text NOT NULL,
  health_reason jsonb,
  scopes jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz,
  refreshed_at timestamptz NOT NULL DEFAULT now(),
  connected_by jsonb,
  limits jsonb NOT NULL DEFAULT '{}'::jsonb,
  server_read_at timestamptz NOT NULL DEFAULT now(),
  mailbox text,
  unreadable jsonb,
  CONSTRAINT channels_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX channels_account ON channels USING btree (workspace_id, network, external_id);
CREATE INDEX channels_listing ON channels USING btree (workspace_id, created_at, id);
CREATE INDEX channels_mailbox ON channels USING btree (mailbox) WHERE mailbox IS NOT NULL;

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

CREATE TABLE discards (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  channel_id text NOT NULL,
  state jsonb NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT discards_pkey PRIMARY KEY (id)
);

CREATE TABLE handled_events (
  id text NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT handled_events_pkey PRIMARY KEY (id)
);
CREATE INDEX handled_events_at ON handled_events USING btree (handled_at);

CREATE TABLE holds (
  id text NOT NULL,
  workspace_id text NOT NULL,
  channel_id text,
  network text,
  campaign_id text,
  reason text NOT NULL,
  until timestamptz,
  placed_by text,
  placed_at timestamptz NOT NULL,
  released_at timestamptz,
  CONSTRAINT holds_pkey PRIMARY KEY (id)
);
CREATE INDEX holds_active ON holds USING btree (workspace_id) WHERE released_at IS NULL;
CREATE INDEX holds_listing ON holds USING btree (workspace_id, placed_at, id);

CREATE TABLE idempotent_requests (
  key text NOT NULL,
  fingerprint text NOT NULL,
  reply jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT idempotent_requests_pkey PRIMARY KEY (key)
);
CREATE INDEX idempotent_requests_at ON idempotent_requests USING btree (at);

CREATE TABLE lanes (
  channel_id text NOT NULL,
  workspace_id text NOT NULL,
  network text NOT NULL,
  app text,
  next_at timestamptz,
  waits_until timestamptz,
  lease_owner text,
  lease_until timestamptz,
  trouble integer NOT NULL DEFAULT 0,
  quotas jsonb NOT NULL DEFAULT '[]'::jsonb,
  is_behind boolean NOT NULL DEFAULT false,
  thread text,
  CONSTRAINT lanes_pkey PRIMARY KEY (channel_id)
) WITH (fillfactor=50);
CREATE INDEX lanes_next ON lanes USING btree (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE late_policies (
  workspace_id text NOT NULL,
  late_minutes integer NOT NULL,
  CONSTRAINT late_policies_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE migrations (
  id serial NOT NULL,
  "timestamp" bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id)
);

CREATE TABLE oauth_apps (
  id text NOT NULL,
  network text NOT NULL,
  server text NOT NULL,
  app text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT oauth_apps_pkey PRIMARY KEY (id)
);

CREATE TABLE oauth_attempts (
  state text NOT NULL,
  workspace_id text NOT NULL,
  network text NOT NULL,
  redirect_uri text NOT NULL,
  pending text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  fields jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT oauth_attempts_pkey PRIMARY KEY (state)
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

CREATE TABLE publications (
  id text NOT NULL,
  workspace_id text NOT NULL,
  kind text NOT NULL,
  post_id text,
  message_id text,
  conversation_id text,
  channel_id text NOT NULL,
  network text NOT NULL,
  state text NOT NULL,
  version integer NOT NULL,
  snapshot jsonb NOT NULL,
  snapshot_hash text NOT NULL,
  approved_hash text,
  due_at timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  lease_owner text,
  lease_until timestamptz,
  attempt_count integer NOT NULL,
  part integer NOT NULL,
  part_count integer NOT NULL,
  live_parts jsonb NOT NULL,
  pending_state jsonb,
  absent_reads integer NOT NULL,
  remote_id text,
  permalink text,
  published_at timestamptz,
  lateness_ms integer,
  reason jsonb,
  revision integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  failures integer NOT NULL DEFAULT 0,
  campaign_id text,
  hold_id text,
  risks jsonb NOT NULL DEFAULT '[]'::jsonb,
  prepared jsonb,
  evidence_head text,
  evidence_links integer NOT NULL DEFAULT 0,
  stuck_since timestamptz,
  round integer NOT NULL DEFAULT 0,
  former_parts jsonb NOT NULL DEFAULT '[]'::jsonb,
  cleared_up_to integer NOT NULL DEFAULT 0,
  key_turn integer NOT NULL DEFAULT 0,
  CONSTRAINT publications_pkey PRIMARY KEY (id)
) WITH (fillfactor=70);
CREATE INDEX publications_at_risk ON publications USING btree (workspace_id, created_at, id) WHERE risks <> '[]'::jsonb;
CREATE INDEX publications_attention ON publications USING btree (channel_id) WHERE state = ANY (ARRAY['failed'::text, 'unconfirmed'::text, 'missed'::text, 'held'::text]);
CREATE INDEX publications_due ON publications USING btree (due_at) WHERE state = 'planned'::text AND due_at > '-infinity'::timestamp with time zone;
CREATE INDEX publications_held ON publications USING btree (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX publications_line ON publications USING btree (channel_id, due_at, id) WHERE state = 'planned'::text;
CREATE INDEX publications_listing ON publications USING btree (workspace_id, created_at, id);
CREATE INDEX publications_post ON publications USING btree (post_id);
CREATE INDEX publications_waiting ON publications USING btree (channel_id, next_attempt_at) WHERE (state = ANY (ARRAY['sending'::text, 'pending'::text])) OR state = 'planned'::text AND failures > 0;

CREATE TABLE revocations (
  channel_id text NOT NULL,
  network text NOT NULL,
  credentials text NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT revocations_pkey PRIMARY KEY (channel_id)
);
CREATE INDEX revocations_due ON revocations USING btree (next_at);

CREATE TABLE risk_checks (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  workspace_id text NOT NULL,
  publication_id text,
  channel_id text,
  network text,
  campaign_id text,
  after text NOT NULL DEFAULT ''::text,
  CONSTRAINT risk_checks_pkey PRIMARY KEY (id)
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

ALTER TABLE revocations ADD CONSTRAINT revocations_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id);
