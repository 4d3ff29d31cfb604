import type { Database } from '../servers/databases.ts'
import { seedPublications } from './seed-publications.ts'
import { allSettled } from './settled.ts'
import { dueAfterPlanning, manyChannels } from './world.ts'

/** Publications per second from due until the last is published, told by the database alone. */
export async function settledRate(
  database: Database,
  count: number,
  kind: string,
): Promise<number> {
  const dueAt = dueAfterPlanning(count)
  await seedPublications(database, { count, dueAt, kind, channels: manyChannels })
  await allSettled(database)
  const { rows } = await database.pool.query<{ published: number; last: Date }>(
    `select count(*)::int as published, max(published_at) as last from publishing.publications
     where state = 'published' and due_at = to_timestamp($1::float8 / 1000)`,
    [Math.round(dueAt)],
  )
  const [found] = rows
  if (found?.published !== count) throw new Error(`${found?.published} of ${count} were published`)
  return count / ((found.last.getTime() - dueAt) / 1000)
}
