import type {
  CallContext,
  listPosts,
  listRevisions,
  OutputOf,
  Page,
  ParsedInputOf,
  Post,
  PostProgress,
} from '@hamava/contracts'
import { AppError, boundedPage, decodeCursor, restrictToChannelLists } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In, IsNull } from 'typeorm'
import { PostRow } from './post.entity.ts'
import { PostPublicationRow } from './post-publication.entity.ts'
import { isVisible } from './post-store.ts'
import { RevisionRow } from './revision.entity.ts'
import { shownTo, toPost } from './to-post.ts'

/** The same roll-up as `progressOf`, for the database to filter by. */
const progressSql = `(
  select case
    when count(*) = 0 then 'unscheduled'
    when count(*) filter (where state <> 'cancelled') = 0 then 'cancelled'
    when bool_or(state in ('failed', 'unconfirmed', 'missed', 'held')) then 'needs_attention'
    when bool_and(state = 'published') filter (where state <> 'cancelled') then 'published'
    when bool_or(state = 'published') then 'partly_published'
    else 'scheduled' end
  from post_publications where post_id = p.id)`

/** About what a post takes as JSON: its own content and a line per channel. */
const postBytesSql = `octet_length(p.content::text) + 400 * jsonb_array_length(p.content->'targets')`

/** Cancelled publications are remembered, but give the post no time. */
const scheduledSql = `(p.schedule is not null or exists (
  select 1 from post_publications where post_id = p.id and state <> 'cancelled'))`

/** The channels among targets, as a list. */
const channelsSql = (targets: string) => `jsonb_path_query_array(${targets}, '$[*].channelId')`

@Injectable()
export class ReadPosts {
  constructor(private readonly dataSource: DataSource) {}

  async get(call: CallContext, id: string): Promise<Post> {
    const row = await this.dataSource
      .getRepository(PostRow)
      .findOneBy({ id, workspaceId: call.workspaceId, deletedAt: IsNull() })
    if (!row || !isVisible(call, row)) throw new AppError('not_found', { what: 'post', id })
    return shownTo(call, toPost(row, await this.publicationsOf([row])))
  }

  /** Newest first. */
  async list(call: CallContext, query: ParsedInputOf<typeof listPosts>): Promise<Page<Post>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(PostRow)
      .createQueryBuilder('p')
      .where('p.workspaceId = :workspaceId and p.deletedAt is null', {
        workspaceId: call.workspaceId,
      })
      .orderBy('p.id', 'DESC')
      .limit(query.limit + 1)
    if (query.state) select.andWhere('p.state = :state', { state: query.state })
    if (query.progress) {
      select.andWhere(`${progressSql} = :progress`, { progress: query.progress as PostProgress })
    }
    if (query.scheduled) {
      select.andWhere(`${scheduledSql} = :scheduled`, { scheduled: query.scheduled === 'true' })
    }
    if (query.channelId) {
      select.andWhere(`p.content->'targets' @> :target`, {
        target: JSON.stringify([{ channelId: query.channelId }]),
      })
    }
    restrictToChannelLists(select, call, channelsSql(`p.content->'targets'`))
    if (after) select.andWhere('p.id < :id', { id: after.id })
    const sized = await select
      .select('p.id', 'id')
      .addSelect(postBytesSql, 'bytes')
      .getRawMany<{ id: string; bytes: number }>()
    const { shown, nextCursor } = boundedPage(sized, query, ({ id }) => ({ at: '', id }))
    return {
      items: await this.postsOf(
        call,
        shown.map(({ id }) => id),
      ),
      nextCursor,
    }
  }

  /** What a post said at each version, a page at a time; without those for channels that are not the caller's. */
  async revisions(
    call: CallContext,
    { id, order, ...query }: ParsedInputOf<typeof listRevisions>,
  ): Promise<OutputOf<typeof listRevisions>> {
    await this.get(call, id)
    const after = decodeCursor(query.cursor)
    const isNewest = order === 'newest'
    const revisions = this.dataSource.getRepository(RevisionRow)
    const select = revisions
      .createQueryBuilder('r')
      .where('r.postId = :id', { id })
      .select('r.version', 'version')
      .addSelect('octet_length(r.said::text)', 'bytes')
      .orderBy('r.version', isNewest ? 'DESC' : 'ASC')
      .limit(query.limit + 1)
    restrictToChannelLists(select, call, channelsSql(`r.said->'targets'`))
    if (after) {
      if (!/^\d{1,9}$/.test(after.id)) throw new AppError('bad_cursor')
      select.andWhere(`r.version ${isNewest ? '<' : '>'} :version`, { version: Number(after.id) })
    }
    const sized = await select.getRawMany<{ version: number; bytes: number }>()
    const { shown, nextCursor } = boundedPage(sized, query, ({ version }) => ({
      at: '',
      id: String(version),
    }))
    const rows = await revisions.find({
      where: { postId: id, version: In(shown.map(({ version }) => version)) },
      order: { version: isNewest ? 'DESC' : 'ASC' },
    })
    return { items: rows.map(toRevision), nextCursor }
  }

  /** Posts by their ids, newest first. */
  private async postsOf(call: CallContext, ids: string[]): Promise<Post[]> {
    const rows = await this.dataSource
      .getRepository(PostRow)
      .find({ where: { id: In(ids) }, order: { id: 'DESC' } })
    const publications = Map.groupBy(await this.publicationsOf(rows), ({ postId }) => postId)
    return rows.map((row) => shownTo(call, toPost(row, publications.get(row.id) ?? [])))
  }

  private publicationsOf(rows: PostRow[]): Promise<PostPublicationRow[]> {
    return this.dataSource.getRepository(PostPublicationRow).find({
      where: { postId: In(rows.map((row) => row.id)) },
      order: { id: 'ASC' },
    })
  }
}

function toRevision({ version, at, by, action, said }: RevisionRow) {
  const { schedule = null, ...content } = said
  return { version, at: at.toISOString(), by, action, said: content, schedule }
}
