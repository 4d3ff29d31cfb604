#!/usr/bin/env bash
# Runs once, on an empty data volume: a role with a schema of its own for each service.
set -euo pipefail

run() { psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"; }

run --set database="$POSTGRES_DB" <<'SQL'
revoke connect, temporary on database :"database" from public;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists btree_gist;
create extension if not exists unaccent;
SQL

for service in content scheduling publishing listening analytics gateway; do
  variable="POSTGRES_PASSWORD_${service^^}"
  run --set database="$POSTGRES_DB" --set role="$service" --set password="${!variable}" <<'SQL'
create role :"role" login password :'password';
alter role :"role" set search_path to :"role", public;
grant connect, temporary on database :"database" to :"role";
create schema :"role" authorization :"role";
SQL
done
