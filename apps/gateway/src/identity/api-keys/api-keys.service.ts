import { Transactions, type Tx } from '@hamava/bus'
import type {
  ApiKey,
  apiKeyCreated,
  apiKeyInput,
  CallContext,
  Page,
  PageQuery,
  Permission,
} from '@hamava/contracts'
import { AppError, decodeCursor, newId, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { z } from 'zod'
import { audit } from '../../audit/audit.service.ts'
import type { Caller } from '../../http/caller.ts'
import { hashSecret, newSecret } from '../secrets.ts'
import { showApiKey } from '../show-identity.ts'
import { ApiKeyRow } from './api-key.entity.ts'

type Input = z.output<typeof apiKeyInput>

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Newest first; without those that were revoked. */
  async list(call: CallContext, query: PageQuery): Promise<Page<ApiKey>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(ApiKeyRow)
      .createQueryBuilder('k')
      .where('k.workspaceId = :workspaceId and k.revokedAt is null', {
        workspaceId: call.workspaceId,
      })
      .orderBy('k.id', 'DESC')
      .limit(query.limit + 1)
    if (after) select.andWhere('k.id < :id', { id: after.id })
    return toPage(await select.getMany(), query, showApiKey, (row) => ({ at: '', id: row.id }))
  }

  /** The secret is in this answer and nowhere else; nobody gives more than they have. */
  async create(caller: Caller, input: Input): Promise<z.output<typeof apiKeyCreated>> {
    const tooWide = input.scopes.find((scope) => !caller.permissions.has(scope))
    if (tooWide) throw new AppError('scope_too_wide', { scope: tooWide })
    const secret = newSecret('hmv')
    const shown = await this.transactions.run((tx) =>
      insertKey(tx, caller.call, { ...input, channelIds: within(caller.call, input) }, secret),
    )
    return { ...shown, secret }
  }

  revoke(call: CallContext, id: string): Promise<{ id: string }> {
    return this.transactions.run(async (tx) => {
      const row = await tx.manager.findOne(ApiKeyRow, {
        where: { id, workspaceId: call.workspaceId },
        lock: { mode: 'pessimistic_write' },
      })
      if (!row || row.revokedAt) throw new AppError('not_found', { what: 'API key', id })
      const before = showApiKey(row)
      row.revokedAt = new Date()
      await tx.manager.save(row)
      const subject = { kind: 'api-key', id }
      await audit(tx, call, { action: 'api-key.revoked', subject, before, after: null })
      return { id }
    })
  }
}

/** Throws `channel_forbidden` for a channel that the giver may not touch. */
function within({ channelIds: mine }: CallContext, { channelIds }: Input): string[] | null {
  if (!mine) return channelIds
  const foreign = channelIds?.find((id) => !mine.includes(id))
  if (foreign) throw new AppError('channel_forbidden', { channelId: foreign })
  return channelIds ?? mine
}

/** Also used by the set-up, before there is anybody to ask for a key. */
export async function insertKey(
  tx: Pick<Tx, 'manager'>,
  call: CallContext,
  input: Omit<Input, 'scopes'> & { scopes: Permission[] },
  secret: string,
): Promise<ApiKey> {
  const id = newId('apiKey')
  const { name, department, scopes, channelIds, expiresAt } = input
  await tx.manager.insert(ApiKeyRow, {
    id,
    workspaceId: call.workspaceId,
    name,
    department,
    scopes,
    channelIds,
    prefix: secret.slice(0, 12),
    secretHash: hashSecret(secret),
    ownerId: call.actor.memberId ?? '',
    expiresAt: expiresAt ? new Date(expiresAt) : null,
  })
  const after = showApiKey(await tx.manager.findOneByOrFail(ApiKeyRow, { id }))
  const subject = { kind: 'api-key', id }
  await audit(tx, call, { action: 'api-key.created', subject, before: null, after })
  return after
}
