import { Transactions } from '@hamava/bus'
import {
  type Asset,
  assetChanged,
  type CallContext,
  type editAsset,
  type Page,
  type PageQuery,
  type ParsedInputOf,
  type StoredAsset,
} from '@hamava/contracts'
import { AppError, decodeCursor, expectVersion, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, In } from 'typeorm'
import { AssetRow } from './asset.entity.ts'

@Injectable()
export class AssetsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Takes over a file that the gateway has put into storage and measured. */
  add(call: CallContext, stored: StoredAsset): Promise<Asset> {
    return this.transactions.run(async (tx) => {
      const { createdAt, ...facts } = stored
      const { workspaceId } = call
      await tx.manager.insert(AssetRow, { ...facts, workspaceId, createdAt: new Date(createdAt) })
      const { storageKey: _inside, ...after } = stored
      tx.publish(assetChanged, call, { assetId: after.id, action: 'added', before: null, after })
      return after
    })
  }

  async get(call: CallContext, id: string): Promise<StoredAsset> {
    const row = await this.dataSource
      .getRepository(AssetRow)
      .findOneBy({ id, workspaceId: call.workspaceId })
    if (!row) throw new AppError('not_found', { what: 'asset', id })
    return showStored(row)
  }

  /** Newest first. */
  async list(call: CallContext, query: PageQuery): Promise<Page<Asset>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(AssetRow)
      .createQueryBuilder('a')
      .where('a.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .orderBy('a.id', 'DESC')
      .limit(query.limit + 1)
    if (after) select.andWhere('a.id < :id', { id: after.id })
    return toPage(await select.getMany(), query, show, (row) => ({ at: '', id: row.id }))
  }

  edit(
    call: CallContext,
    { id, versions, changes }: ParsedInputOf<typeof editAsset>,
  ): Promise<Asset> {
    return this.transactions.run(async (tx) => {
      const row = await tx.manager.findOne(AssetRow, {
        where: { id, workspaceId: call.workspaceId },
        lock: { mode: 'pessimistic_write' },
      })
      if (!row) throw new AppError('not_found', { what: 'asset', id })
      expectVersion(versions, row.version)
      const before = show(row)
      Object.assign(row, changes, { version: row.version + 1 })
      const after = show(await tx.manager.save(row))
      tx.publish(assetChanged, call, { assetId: id, action: 'edited', before, after })
      return after
    })
  }
}

/** The assets of these ids in the workspace, by id. Throws `not_found` naming the first that is missing. */
export async function assetsById(
  manager: EntityManager,
  call: CallContext,
  ids: string[],
): Promise<Map<string, StoredAsset>> {
  if (ids.length === 0) return new Map()
  const rows = await manager.findBy(AssetRow, { id: In(ids), workspaceId: call.workspaceId })
  const found = new Map(rows.map((row) => [row.id, showStored(row)]))
  const missing = ids.find((id) => !found.has(id))
  if (missing) throw new AppError('not_found', { what: 'asset', id: missing })
  return found
}

function showStored(row: AssetRow): StoredAsset {
  const { workspaceId: _workspace, createdAt, ...facts } = row
  return { ...facts, createdAt: createdAt.toISOString() }
}

function show(row: AssetRow): Asset {
  const { storageKey: _inside, ...shown } = showStored(row)
  return shown
}
