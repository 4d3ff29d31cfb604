import { randomBytes } from 'node:crypto'
import type { Database } from '../servers/databases.ts'
import { publicationColumns } from './publication-columns.ts'

export interface Seed {
  readonly count: number
  /** In the posts' text, to tell them apart at the network. */
  readonly kind?: string
  /** When the first is due, in milliseconds since the epoch, and how far apart they are. */
  readonly dueAt: number
  readonly apartMs?: number
  /** They go to this channel and those after it, in turns. */
  readonly firstChannel?: number
  readonly channels?: number
}

/** Plans publications in one statement. */
export async function seedPublications({ pool }: Database, seed: Seed): Promise<void> {
  const { count, kind = 'post', dueAt, apartMs = 0, firstChannel = 0, channels = 1 } = seed
  const names = Object.keys(publicationColumns)
  const values = Object.values(publicationColumns)
  // 26 characters as in every id; the random part keeps rounds apart.
  const run = randomBytes(7).toString('hex')
  await pool.query(
    `insert into publishing.publications (${names.join(', ')})
     select ${values.join(', ')} from generate_series(0, $7::int - 1) as n`
      .replaceAll('$1', '$1::text')
      .replaceAll('$2', '$2::int')
      .replaceAll('$3', '$3::int')
      .replaceAll('$4', '$4::text')
      .replaceAll('$5', '$5::bigint'),
    [run, firstChannel, channels, kind, Math.round(dueAt), apartMs, count],
  )
  // Planning puts each publication into its channel's lane.
  await pool.query(
    `insert into publishing.lanes (channel_id, workspace_id, network, next_at)
     select channel_id, min(workspace_id), min(network), min(next_attempt_at)
     from publishing.publications where id like 'pub_' || $1 || '%' group by channel_id
     on conflict (channel_id) do update set next_at = least(lanes.next_at, excluded.next_at)`,
    [run],
  )
}

/** Removes what earlier rounds left, with its dead rows. */
export async function clearPublications({ pool }: Database): Promise<void> {
  await pool.query(
    'truncate publishing.lanes, publishing.publications, publishing.attempts, publishing.outbox',
  )
}
