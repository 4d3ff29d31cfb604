-- Made by `npm run schema` from the migrations of content.

CREATE TABLE approval_policies (
  workspace_id text NOT NULL,
  approval text NOT NULL,
  CONSTRAINT approval_policies_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE assets (
  id text NOT NULL,
  workspace_id text NOT NULL,
  kind text NOT NULL,
  mime text NOT NULL,
  bytes integer NOT NULL,
  width integer,
  height integer,
  alt text NOT NULL,
  file_name text NOT NULL,
  sha256 text NOT NULL,
  storage_key text NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT assets_pkey PRIMARY KEY (id)
);
CREATE INDEX assets_listing ON assets USING btree (workspace_id, id);

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

CREATE TABLE post_publications (
  id text NOT NULL,
  post_id text NOT NULL,
  workspace_id text NOT NULL,
  channel_id text NOT NULL,
  network text NOT NULL,
  state text NOT NULL,
  due_at timestamptz NOT NULL,
  published_at timestamptz,
  remote_id text,
  permalink text,
  revision integer NOT NULL,
  missing_since timestamptz,
  is_closed boolean NOT NULL DEFAULT false,
  CONSTRAINT post_publications_pkey PRIMARY KEY (id)
);
CREATE INDEX post_publications_missing ON post_publications USING btree (workspace_id, due_at, id) WHERE missing_since IS NOT NULL;
CREATE INDEX post_publications_post ON post_publications USING btree (post_id);
CREATE INDEX post_publications_unheard ON post_publications USING btree (due_at) WHERE revision = 0 AND state = 'planned'::text AND missing_since IS NULL;

CREATE TABLE posts (
  id text NOT NULL,
  workspace_id text NOT NULL,
  author_id text,
  campaign_id text,
  tags jsonb NOT NULL,
  state text NOT NULL,
  schedule jsonb,
  review jsonb,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  content jsonb NOT NULL,
  CONSTRAINT posts_pkey PRIMARY KEY (id)
);
CREATE INDEX posts_listing ON posts USING btree (workspace_id, id);

CREATE TABLE revisions (
  post_id text NOT NULL,
  version integer NOT NULL,
  at timestamptz NOT NULL,
  by text,
  action text NOT NULL,
  said jsonb NOT NULL,
  CONSTRAINT revisions_pkey PRIMARY KEY (post_id, version)
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

CREATE TABLE unsettled_changes (
  post_id text NOT NULL,
  change_id text NOT NULL,
  version integer NOT NULL,
  call jsonb NOT NULL,
  decision jsonb NOT NULL,
  idempotency jsonb,
  asked_at timestamptz NOT NULL,
  CONSTRAINT unsettled_changes_pkey PRIMARY KEY (post_id)
);
CREATE INDEX unsettled_changes_asked ON unsettled_changes USING btree (asked_at);

ALTER TABLE post_publications ADD CONSTRAINT post_publications_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts(id);
ALTER TABLE revisions ADD CONSTRAINT revisions_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts(id);
ALTER TABLE unsettled_changes ADD CONSTRAINT unsettled_changes_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts(id);
