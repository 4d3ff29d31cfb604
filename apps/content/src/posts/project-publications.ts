import type { SharedTx } from '@hamava/bus'
import type { Publication } from '@hamava/contracts'

/**
 * Notes what became of publications; the newest revision of each counts. The rows are locked in the
 * order of their ids, or two who do this could wait for each other.
 */
export async function projectPublications(
  { manager }: Pick<SharedTx, 'manager'>,
  publications: Publication[],
): Promise<void> {
  if (publications.length === 0) return
  await manager.query(
    `with news as (
       select distinct on (id) * from jsonb_to_recordset($1::jsonb) as
         publication (id text, state text, "dueAt" timestamptz, "publishedAt" timestamptz,
           "remoteId" text, permalink text, reason jsonb, revision int)
       order by id, revision desc),
     locked as (
       select id from post_publications where id in (select id from news) order by id for update)
     update post_publications as known
     set state = news.state, due_at = "dueAt", published_at = "publishedAt",
       remote_id = "remoteId", permalink = news.permalink, revision = news.revision,
       missing_since = null,
       -- What is taken back with its post has no reason of its own.
       is_closed = news.state = 'cancelled' and coalesce(jsonb_typeof(news.reason) = 'object', false)
     from news join locked using (id)
     where known.id = news.id and known.revision < news.revision`,
    [JSON.stringify(publications)],
  )
}
