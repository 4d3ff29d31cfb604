import type { Database } from '../servers/databases.ts'

const perWorkspace = 5_000

export interface Calendar {
  readonly database: Database
  readonly workspaceId: string
}

/** A year of posts: the first 5,000 belong to the workspace that is read, the others to 199 more. */
export async function seedCalendar(
  { database, workspaceId }: Calendar,
  from: number,
  to: number,
): Promise<void> {
  await database.pool.query(
    `insert into scheduling.calendar_entries
       (publication_id, workspace_id, post_id, channel_id, network, due_at, zone, state, excerpt, version, revision)
     select 'pub_' || lpad(n::text, 26, '0'),
            case when n < ${perWorkspace} then $1 else 'ws_' || lpad((n % 199)::text, 26, '0') end,
            'post_' || lpad(n::text, 26, '0'), 'ch_' || lpad((n % 20)::text, 26, '0'), 'sandbox',
            timestamptz '2027-01-01Z' + (n % ${perWorkspace}) * interval '365 days' / ${perWorkspace},
            'Asia/Tehran', 'planned', 'نوشته‌ای برای سنجش تقویم، شمارهٔ ' || n, 1, 0
     from generate_series($2::int, $3::int - 1) as n`,
    [workspaceId, from, to],
  )
  await database.pool.query('vacuum analyze scheduling.calendar_entries')
}
