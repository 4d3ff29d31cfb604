import type {
  CallContext,
  findKnownPublications,
  listPublications,
  OutputOf,
  Page,
  ParsedInputOf,
  Publication,
  PublicationDetail,
} from '@hamava/contracts'
import { AppError, decodeCursor, mayTouch, restrictToChannels, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, In, type SelectQueryBuilder } from 'typeorm'
import { withPlannerDefaults } from '../database/with-planner-defaults.ts'
import { AttemptRow } from './attempt.entity.ts'
import { PublicationRow } from './publication.entity.ts'
import { toPublication, toPublicationDetail } from './to-publication.ts'

@Injectable()
export class ReadPublications {
  constructor(private readonly dataSource: DataSource) {}

  async get(call: CallContext, id: string): Promise<PublicationDetail> {
    const row = await this.dataSource
      .getRepository(PublicationRow)
      .findOneBy({ id, workspaceId: call.workspaceId })
    if (!row || !mayTouch(call, [row.channelId])) throw notFound(id)
    const attempts = await this.dataSource
      .getRepository(AttemptRow)
      .find({ where: { publicationId: id }, order: { number: 'ASC' } })
    return toPublicationDetail(row, attempts)
  }

  /** Those of `ids` that exist, in any state. */
  async findKnown(
    { workspaceId }: CallContext,
    ids: string[],
  ): Promise<OutputOf<typeof findKnownPublications>> {
    const known = await this.dataSource
      .getRepository(PublicationRow)
      .find({ select: { id: true, version: true }, where: { id: In(ids), workspaceId } })
    return { known: known.map(({ id, version }) => ({ id, version })) }
  }

  /** Newest first. */
  async list(
    call: CallContext,
    query: ParsedInputOf<typeof listPublications>,
  ): Promise<Page<Publication>> {
    const rows = await withPlannerDefaults(this.dataSource, (manager) =>
      listingOf(manager, call, query).getMany(),
    )
    return toPage(rows, query, toPublication, (row) => ({
      at: row.createdAt.toISOString(),
      id: row.id,
    }))
  }
}

function listingOf(
  manager: EntityManager,
  call: CallContext,
  query: ParsedInputOf<typeof listPublications>,
): SelectQueryBuilder<PublicationRow> {
  const after = decodeCursor(query.cursor)
  const select = manager
    .createQueryBuilder(PublicationRow, 'p')
    .where('p.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
    .orderBy('p.createdAt', 'DESC')
    .addOrderBy('p.id', 'DESC')
    .limit(query.limit + 1)
  for (const field of ['state', 'channelId', 'postId', 'kind', 'holdId'] as const) {
    if (query[field]) select.andWhere(`p.${field} = :${field}`, { [field]: query[field] })
  }
  // Publications that went wrong already show their cause, not their risks.
  if (query.risk && !query.state) select.andWhere(`p.state in ('planned', 'pending')`)
  if (query.risk === 'any') select.andWhere(`p.risks <> '[]'`)
  else if (query.risk) {
    select.andWhere(`p.risks @> jsonb_build_array(jsonb_build_object('code', :risk::text))`, {
      risk: query.risk,
    })
  }
  restrictToChannels(select, call, 'p.channelId')
  if (after) select.andWhere('(p.createdAt, p.id) < (:at, :id)', after)
  return select
}

export const notFound = (id: string) => new AppError('not_found', { what: 'publication', id })
