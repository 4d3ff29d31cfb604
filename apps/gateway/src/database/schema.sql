-- Made by `npm run schema` from the migrations of gateway.

CREATE OR REPLACE FUNCTION gateway.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        begin raise exception 'the audit log is append-only'; end $function$;

CREATE TABLE api_keys (
  id text NOT NULL,
  workspace_id text NOT NULL,
  name text NOT NULL,
  department text,
  prefix text NOT NULL,
  secret_hash text NOT NULL,
  scopes jsonb NOT NULL,
  channel_ids jsonb,
  owner_id text NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  made_by_key_id text,
  CONSTRAINT api_keys_pkey PRIMARY KEY (id)
);
CREATE INDEX api_keys_listing ON api_keys USING btree (workspace_id, id);
CREATE UNIQUE INDEX api_keys_secret ON api_keys USING btree (secret_hash);

CREATE TABLE audit_events (
  id text NOT NULL,
  workspace_id text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  actor jsonb NOT NULL,
  action text NOT NULL,
  subject jsonb NOT NULL,
  before jsonb,
  after jsonb,
  channel_ids jsonb DEFAULT '["*"]'::jsonb,
  CONSTRAINT audit_events_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_events_listing ON audit_events USING btree (workspace_id, id);
CREATE TRIGGER audit_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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

CREATE UNLOGGED TABLE failed_logins (
  who text NOT NULL,
  failures integer NOT NULL,
  last_at timestamptz NOT NULL,
  CONSTRAINT failed_logins_pkey PRIMARY KEY (who)
);
CREATE INDEX failed_logins_last ON failed_logins USING btree (last_at);

CREATE TABLE feed_events (
  seq bigserial NOT NULL,
  id text NOT NULL,
  workspace_id text NOT NULL,
  type text NOT NULL,
  channel_ids jsonb,
  body jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT feed_events_pkey PRIMARY KEY (seq)
);
CREATE INDEX feed_events_workspace ON feed_events USING btree (workspace_id, seq);

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

CREATE TABLE members (
  id text NOT NULL,
  workspace_id text NOT NULL,
  person_id text NOT NULL,
  role text NOT NULL,
  channel_ids jsonb,
  version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT members_pkey PRIMARY KEY (id)
);
CREATE INDEX members_of_person ON members USING btree (person_id);
CREATE UNIQUE INDEX members_person ON members USING btree (workspace_id, person_id);

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

CREATE TABLE people (
  id text NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  preferences jsonb,
  is_operator boolean NOT NULL DEFAULT false,
  CONSTRAINT people_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX people_email ON people USING btree (email);

CREATE UNLOGGED TABLE presences (
  subject_id text NOT NULL,
  person_id text NOT NULL,
  is_writing boolean NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT presences_pkey PRIMARY KEY (subject_id, person_id)
);
CREATE INDEX presences_seen ON presences USING btree (seen_at);

CREATE TABLE sessions (
  id text NOT NULL,
  token_hash text NOT NULL,
  csrf_token text NOT NULL,
  person_id text NOT NULL,
  member_id text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT sessions_pkey PRIMARY KEY (id)
);
CREATE INDEX sessions_of_member ON sessions USING btree (member_id);
CREATE UNIQUE INDEX sessions_token ON sessions USING btree (token_hash);

CREATE UNLOGGED TABLE spent_requests (
  who text NOT NULL,
  window_at timestamptz NOT NULL,
  spent integer NOT NULL,
  CONSTRAINT spent_requests_pkey PRIMARY KEY (who)
);
CREATE INDEX spent_requests_window ON spent_requests USING btree (window_at);

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

CREATE TABLE workspaces (
  id text NOT NULL,
  name text NOT NULL,
  zone text NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT workspaces_pkey PRIMARY KEY (id)
);

ALTER TABLE api_keys ADD CONSTRAINT api_keys_made_by_key_id_fkey FOREIGN KEY (made_by_key_id) REFERENCES api_keys(id);
ALTER TABLE api_keys ADD CONSTRAINT api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id);
ALTER TABLE members ADD CONSTRAINT members_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id);
ALTER TABLE members ADD CONSTRAINT members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id);
ALTER TABLE sessions ADD CONSTRAINT sessions_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id) ON DELETE CASCADE;
ALTER TABLE sessions ADD CONSTRAINT sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id);
