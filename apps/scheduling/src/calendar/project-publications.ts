import type { SharedTx } from '@hamava/bus'
import type { Publication } from '@hamava/contracts'

/**
 * Shows in the calendar what became of publications; the newest revision of each counts. The rows are
 * locked in the order of their ids, or two who do this could wait for each other.
 */
export async function projectPublications(
  { manager }: Pick<SharedTx, 'manager'>,
  publications: Publication[],
): Promise<void> {
  await manager.query(
    `with news as (
       select distinct on (id) * from jsonb_to_recordset($1::jsonb) as
         publication (id text, state text, "dueAt" timestamptz, revision int)
       order by id, revision desc),
     locked as (
       select publication_id as id from calendar_entries
       where publication_id in (select id from news) order by 1 for update)
     update calendar_entries as entry
     set state = news.state, revision = news.revision, due_at = "dueAt"
     from news join locked using (id)
     where publication_id = news.id and entry.revision < news.revision`,
    [JSON.stringify(publications)],
  )
}
