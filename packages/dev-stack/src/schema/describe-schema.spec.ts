import { afterAll, beforeAll, expect, it } from '@jest/globals'
import pg from 'pg'
import { describeSchema } from './describe-schema.ts'

const client = new pg.Client({ connectionString: process.env.HAMAVA_TEST_DATABASE_URL })
const schema = 'described'

beforeAll(() => client.connect())
afterAll(() => client.end())

async function describeMade(statements: string): Promise<string> {
  await client.query(`drop schema if exists ${schema} cascade; create schema ${schema}`)
  await client.query(`set search_path to ${schema}`)
  await client.query(statements)
  const text = await describeSchema(client, schema)
  await client.query(`drop schema ${schema} cascade`)
  return text
}

it('writes what a migration made, and makes the same of what it wrote', async () => {
  const text = await describeMade(`
    create table people (
      id bigserial primary key,
      number bigint generated always as identity (cache 5),
      email varchar(80) not null unique,
      "from" timestamptz default now(),
      length int generated always as (length(email)) stored,
      friend bigint references people on delete cascade,
      team bigint,
      check (length > 2)
    ) with (fillfactor = 80);
    create index people_from on people ("from" desc) where friend is null;
    create table teams (id bigint primary key);
    alter table people add foreign key (team) references teams;
    create unlogged table notes (body jsonb not null default '{}')`)
  expect(text).toBe(`CREATE UNLOGGED TABLE notes (
  body jsonb NOT NULL DEFAULT '{}'::jsonb
);

CREATE TABLE people (
  id bigserial NOT NULL,
  number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  email character varying(80) NOT NULL,
  "from" timestamptz DEFAULT now(),
  length integer GENERATED ALWAYS AS (length(email::text)) STORED,
  friend bigint,
  team bigint,
  CONSTRAINT people_pkey PRIMARY KEY (id),
  CONSTRAINT people_email_key UNIQUE (email),
  CONSTRAINT people_length_check CHECK (length > 2)
) WITH (fillfactor=80);
ALTER SEQUENCE people_number_seq START 1 INCREMENT 1 MINVALUE 1 CACHE 5;
CREATE INDEX people_from ON people USING btree ("from" DESC) WHERE friend IS NULL;

CREATE TABLE teams (
  id bigint NOT NULL,
  CONSTRAINT teams_pkey PRIMARY KEY (id)
);

ALTER TABLE people ADD CONSTRAINT people_friend_fkey FOREIGN KEY (friend) REFERENCES people(id) ON DELETE CASCADE;
ALTER TABLE people ADD CONSTRAINT people_team_fkey FOREIGN KEY (team) REFERENCES teams(id);
`)
  expect(await describeMade(text)).toBe(text)
})

it('refuses to leave out what it cannot describe', async () => {
  await expect(describeMade('create view people as select 1 as id')).rejects.toThrow(
    'described has people, which read-schema.ts does not know how to describe yet',
  )
})
