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
import {
  AppError,
  channelsOfHolder,
  decodeCursor,
  everyChannel,
  handedOn,
  mayTouch,
  newId,
  restrictToChannelLists,
  type SecretBox,
  toPage,
} from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { z } from 'zod'
import { audit } from '../../audit/audit.service.ts'
import { OpenStreams } from '../../feed/open-streams.ts'
import type { Caller } from '../../http/caller.ts'
import { Forward } from '../../http/forward.ts'
import { secretBoxToken } from '../../tokens.ts'
import { withCurrentRights } from '../current-rights.ts'
import { KnownChannels } from '../known-channels.ts'
import { hashSecret, newSecret } from '../secrets.ts'
import { toApiKey } from '../to-identity.ts'
import { ApiKeyRow } from './api-key.entity.ts'
import { endOf, lockMaker, madeBy } from './makers.ts'

type Input = z.output<typeof apiKeyInput>

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly forward: Forward,
    private readonly channels: KnownChannels,
    @Inject(secretBoxToken) private readonly box: SecretBox,
    private readonly streams: OpenStreams,
  ) {}

  /** Newest first; without those that were revoked, or may use channels that the caller may not. */
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
    restrictToChannelLists(select, call, channelsSql)
    if (after) select.andWhere('k.id < :id', { id: after.id })
    return toPage(await select.getMany(), query, toApiKey, (row) => ({ at: '', id: row.id }))
  }

  /**
   * The secret is in this answer and nowhere else; nobody gives more than they have, nor for longer. Throws
   * `scope_too_wide`, `channel_forbidden`, `not_found`, `key_outlives_maker`.
   */
  async create(caller: Caller, input: Input): Promise<z.output<typeof apiKeyCreated>> {
    // A repeated request gets the same answer, so the secret is kept, sealed so that only we can read it.
    const { sealed, ...shown } = await this.forward.here(caller, async () => {
      await this.channels.check(caller.call, input.channelIds)
      return this.transactions.run(async (tx) => {
        const { call, permissions } = await withCurrentRights(tx, caller)
        const tooWide = input.scopes.find((scope) => !permissions.has(scope))
        if (tooWide) throw new AppError('scope_too_wide', { scope: tooWide })
        const channelIds = handedOn(call, input.channelIds)
        const maker = await lockMaker(tx, call)
        const expiresAt = endOf(input, maker)
        const secret = newSecret('hmv')
        const madeByKeyId = maker?.id ?? null
        const key = await insertKey(
          tx,
          call,
          { ...input, channelIds, expiresAt, madeByKeyId },
          secret,
        )
        return { ...key, sealed: this.box.seal(secret, key.id) }
      })
    })
    return { ...shown, secret: this.box.open(sealed, shown.id) }
  }

  /** Also revokes the keys that were made by it, and by those in turn. */
  revoke(call: CallContext, id: string): Promise<{ id: string }> {
    return this.transactions.run(async (tx) => {
      const row = await tx.manager.findOne(ApiKeyRow, {
        where: { id, workspaceId: call.workspaceId },
        lock: { mode: 'pessimistic_write' },
      })
      if (!row || row.revokedAt || !mayTouch(call, channelsOfHolder(row.channelIds))) {
        throw new AppError('not_found', { what: 'API key', id })
      }
      // One of these keys may be making another at this moment: the next round finds that one.
      for (let keys = [row]; keys.length > 0; keys = await madeBy(tx, id)) {
        for (const key of keys) {
          await tx.manager.update(ApiKeyRow, { id: key.id }, { revokedAt: new Date() })
          tx.afterCommit(() => this.streams.endOf(key.id))
          const before = toApiKey(key)
          await auditKey(tx, call, { action: 'api-key.revoked', before, after: null })
        }
      }
      return { id }
    })
  }
}

/** The channels that a key concerns, as JSON. */
const channelsSql = `coalesce(k.channel_ids, '["${everyChannel}"]')`

function auditKey(
  tx: Pick<Tx, 'manager'>,
  call: CallContext,
  change: { action: string; before: ApiKey | null; after: ApiKey | null },
): Promise<void> {
  const { id, channelIds } = change.after ?? change.before ?? { id: '', channelIds: null }
  const subject = { kind: 'api-key', id }
  return audit(tx, call, { ...change, subject, channelIds: channelsOfHolder(channelIds) })
}

/** Also used by the set-up, before there is anybody to ask for a key. */
export async function insertKey(
  tx: Pick<Tx, 'manager'>,
  call: CallContext,
  input: Omit<Input, 'scopes'> & { scopes: Permission[]; madeByKeyId: string | null },
  secret: string,
): Promise<ApiKey> {
  const id = newId('apiKey')
  const { name, department, scopes, channelIds, expiresAt, madeByKeyId } = input
  await tx.manager.insert(ApiKeyRow, {
    id,
    workspaceId: call.workspaceId,
    name,
    department,
    scopes,
    channelIds,
    prefix: secret.slice(0, 12),
    secretHash: hashSecret(secret),
    madeByKeyId,
    ownerId: call.actor.memberId ?? '',
    expiresAt: expiresAt ? new Date(expiresAt) : null,
  })
  const after = toApiKey(await tx.manager.findOneByOrFail(ApiKeyRow, { id }))
  await auditKey(tx, call, { action: 'api-key.created', before: null, after })
  return after
}
