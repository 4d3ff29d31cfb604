import type {
  CallContext,
  ContentStatus,
  listMissingPublications,
  OutputOf,
  ParsedInputOf,
  Publication,
} from '@hamava/contracts'
import { AppError, decodeCursor, mayTouch, restrictToChannels, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In, IsNull, type SelectQueryBuilder } from 'typeorm'
import { PostRow } from '../posts/post.entity.ts'
import { PostPublicationRow } from '../posts/post-publication.entity.ts'
import { promisedPublication } from './promised-publication.ts'

@Injectable()
export class ReadPromises {
  constructor(private readonly dataSource: DataSource) {}

  async get(call: CallContext, id: string): Promise<Publication> {
    const { workspaceId } = call
    const rows = this.dataSource.getRepository(PostPublicationRow)
    const row = await rows.findOneBy({ id, workspaceId })
    const posts = this.dataSource.getRepository(PostRow)
    const post = row && (await posts.findOneBy({ id: row.postId, deletedAt: IsNull() }))
    // By its channel, as publishing judges it a moment later.
    if (!row || !post || !mayTouch(call, [row.channelId])) {
      throw new AppError('not_found', { what: 'publication', id })
    }
    return promisedPublication(row, post)
  }

  /** What is due and unknown to publishing, the longest due first. */
  async listMissing(
    call: CallContext,
    { from, to, channelId, ...query }: ParsedInputOf<typeof listMissingPublications>,
  ): Promise<OutputOf<typeof listMissingPublications>> {
    const after = decodeCursor(query.cursor)
    const select = this.missing(call)
      .orderBy('p.dueAt')
      .addOrderBy('p.id')
      .limit(query.limit + 1)
    if (channelId) select.andWhere('p.channelId = :channelId', { channelId })
    if (from) select.andWhere('p.dueAt >= :from', { from })
    if (to) select.andWhere('p.dueAt < :to', { to })
    if (after) select.andWhere('(p.dueAt, p.id) > (:at, :id)', after)
    const rows = await select.getMany()
    const posts = await this.dataSource
      .getRepository(PostRow)
      .findBy({ id: In(rows.map(({ postId }) => postId)) })
    const postOf = new Map(posts.map((post) => [post.id, post]))
    const known = rows.flatMap((row) => {
      const post = postOf.get(row.postId)
      return post ? [{ row, post }] : []
    })
    return toPage(
      known,
      query,
      ({ row, post }) => promisedPublication(row, post),
      ({ row }) => ({ at: row.dueAt.toISOString(), id: row.id }),
    )
  }

  async countMissing(call: CallContext): Promise<{ count: number }> {
    return { count: await this.missing(call).getCount() }
  }

  /** Over all workspaces. */
  async status(): Promise<ContentStatus> {
    const [row] = await this.dataSource.query<ContentStatus[]>(
      `select count(*)::int as missing,
              extract(epoch from now() - min(due_at))::float as "oldestMissingSeconds"
       from post_publications where missing_since is not null and state = 'planned'`,
    )
    return row ?? { missing: 0, oldestMissingSeconds: null }
  }

  private missing(call: CallContext): SelectQueryBuilder<PostPublicationRow> {
    const select = this.dataSource
      .getRepository(PostPublicationRow)
      .createQueryBuilder('p')
      .where(
        `p.workspaceId = :workspaceId and p.missingSince is not null and p.state = 'planned'`,
        { workspaceId: call.workspaceId },
      )
    return restrictToChannels(select, call, 'p.channelId')
  }
}
