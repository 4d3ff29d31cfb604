/**
 * A new publication as SQL expressions over a number `n` and the parameters that `seed-publications.ts` gives. Columns
 * with a default, or that may be null, need no line here.
 */
export const publicationColumns: Readonly<Record<string, string>> = {
  id: `'pub_' || $1 || lpad(n::text, 12, '0')`,
  workspace_id: `'ws_' || repeat('0', 26)`,
  kind: `'post'`,
  post_id: `'post_' || $1 || lpad(n::text, 12, '0')`,
  channel_id: `'ch_' || lpad(($2 + n % $3)::text, 26, '0')`,
  network: `'sandbox'`,
  state: `'planned'`,
  version: '1',
  snapshot: `jsonb_build_object('parts', jsonb_build_array(jsonb_build_object('role', 'post', 'assets', '[]'::jsonb,
    'text', 'سنجش ' || $4 || ' ' || n || ' ' || $5 + floor(n * $6::float8)::bigint)), 'settings', '{}'::jsonb)`,
  snapshot_hash: `'same'`,
  approved_hash: `'same'`,
  due_at: `to_timestamp(($5 + floor(n * $6::float8)::bigint) / 1000.0)`,
  next_attempt_at: `to_timestamp(($5 + floor(n * $6::float8)::bigint) / 1000.0)`,
  attempt_count: '0',
  part: '0',
  part_count: '1',
  live_parts: `'[]'`,
  absent_reads: '0',
  revision: '1',
}
